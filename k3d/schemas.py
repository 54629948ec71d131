"""schemas.py WHEEL VERSION FOLDER: takes the JSON schemas of one Kubernetes version out of the wheel of kubernetes-validate.

The schemas refer to a file of definitions beside them; kubeconform wants each whole, so every reference is replaced by what it refers to.
"""

import json
import pathlib
import sys
import zipfile


def inline(node, definitions, open_references=()):
    if isinstance(node, list):
        return [inline(item, definitions, open_references) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = reference.rsplit("/", 1)[-1]
        if name in open_references:  # schemas of custom resources contain themselves
            return {}
        return inline(definitions[name], definitions, (*open_references, name))
    return {key: inline(value, definitions, open_references) for key, value in node.items()}


def main(wheel, version, folder):
    prefix = f"kubernetes_validate/kubernetes-json-schema/v{version}-local-strict/"
    target = pathlib.Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        definitions = json.loads(archive.read(prefix + "_definitions.json"))["$defs"]
        for name in archive.namelist():
            if name.startswith(prefix) and name.endswith(".json") and not name.endswith("_definitions.json"):
                schema = inline(json.loads(archive.read(name)), definitions)
                (target / name.removeprefix(prefix)).write_text(json.dumps(schema))


if __name__ == "__main__":
    main(*sys.argv[1:])
