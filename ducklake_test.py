#!/usr/bin/env python3
# /// script
# requires-python = ">=3.9"
# dependencies = []
# ///
"""Loads NYC taxi trips into a lake and asks it questions.

    just ducklake-test            in Kubernetes: deploys k3d/overlays/local, forwards the ports, cleans up after itself
    just ducklake-test --local    the very same against processes on this machine

The trips come from the TLC (a month of yellow cabs) where the internet can be reached, else from samples/taxis.csv.gz.
It needs Python alone; with k3d and kubectl for the former, ./duckfleet for the latter.
"""

import argparse
import contextlib
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

HOME = pathlib.Path(__file__).resolve().parent
OVERLAY = HOME / "k3d" / "overlays" / "local"
SAMPLE = HOME / "samples" / "taxis.csv.gz"
TLC = "https://d37ci6vzurychx.cloudfront.net/trip-data/yellow_tripdata_2019-03.parquet"
IMAGES = {
    "duckdb-s3-query": "Dockerfile",
    "duckdb-distributed-query": "Dockerfile.distributed",
    "duckdb-sidecar": "Dockerfile.sidecar",
}

QUESTIONS = {
    "Trips and fares by day of week": """
        SELECT dayname(pickup) AS day, count(*) AS trips, round(avg(total_amount), 2) AS average_fare
        FROM {trips} GROUP BY ALL ORDER BY trips DESC""",
    "The five best hours": """
        SELECT hour(pickup) AS hour, count(*) AS trips, round(sum(total_amount)) AS dollars
        FROM {trips} GROUP BY ALL ORDER BY dollars DESC, hour LIMIT 5""",
    "How tips go with distance": """
        SELECT least(floor(trip_distance / 2) * 2, 20)::INT AS from_miles, count(*) AS trips, round(100 * sum(tip_amount) / sum(fare_amount), 1) AS tip_percent
        FROM {trips} WHERE fare_amount > 0 GROUP BY ALL ORDER BY from_miles""",
    "One day of it: only that partition's files are read": """
        SELECT count(*) AS trips, round(max(trip_distance), 1) AS longest_miles
        FROM {trips} WHERE partition_date = DATE '2019-03-10'""",
}


class Failure(Exception):
    """What went wrong, in one line that says what to do."""


def say(text):
    print(text, flush=True)


def step(text):
    say(f"\n== {text}")


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-5:]
        raise Failure(f"{' '.join(command[:4])} .. failed:\n  " + "\n  ".join(last))
    return done.stdout


def need(program, where):
    if shutil.which(program) is None:
        raise Failure(f"{program} is not on the PATH; {where}. Without a cluster: just ducklake-test --local")


def ask(url, body=None, content_type="application/json", headers=None, timeout=600):
    data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
    request = urllib.request.Request(url, data=data, headers={"Content-Type": content_type, **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")
        with contextlib.suppress(ValueError):
            text = json.loads(text).get("detail", text)
        raise Failure(f"{url} answered {error.code}: {text}") from None


def wait_for(what, condition, seconds=300):
    began = time.monotonic()
    while True:
        try:
            if condition():
                say(f"  {what} ({time.monotonic() - began:.0f} s)")
                return
        except (OSError, Failure):
            pass
        if time.monotonic() - began > seconds:
            raise Failure(f"not within {seconds} s: {what}")
        time.sleep(1)


def listens(port):
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


# --- S3, as much of it as is needed here: PUT of buckets and small objects, signed by version 4 -----------------------------------


class S3:
    def __init__(self, endpoint, access_key, secret_key, region="us-east-1"):
        self.endpoint, self.access_key, self.secret_key, self.region = endpoint.rstrip("/"), access_key, secret_key, region

    def put(self, path, body=b""):
        url = urllib.parse.urlsplit(self.endpoint + path)
        now = datetime.datetime.now(datetime.timezone.utc)
        stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        digest = hashlib.sha256(body).hexdigest()
        signed = "host;x-amz-content-sha256;x-amz-date"
        canonical = (
            f"PUT\n{urllib.parse.quote(url.path)}\n\nhost:{url.netloc}\nx-amz-content-sha256:{digest}\nx-amz-date:{stamp}\n\n{signed}\n{digest}"
        )
        scope = f"{day}/{self.region}/s3/aws4_request"
        to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = ("AWS4" + self.secret_key).encode()
        for part in (day, self.region, "s3", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            self.endpoint + path,
            data=body,
            method="PUT",
            headers={
                "Content-Type": "application/octet-stream",
                "x-amz-date": stamp,
                "x-amz-content-sha256": digest,
                "Authorization": f"AWS4-HMAC-SHA256 Credential={self.access_key}/{scope}, SignedHeaders={signed}, Signature={signature}",
            },
        )
        try:
            urllib.request.urlopen(request, timeout=60).close()
        except urllib.error.HTTPError as error:
            if error.code != 409:  # it is there already
                raise Failure(f"S3 answered {error.code} to PUT {path}: {error.read().decode(errors='replace')[:200]}") from None


# --- the two places where the fleet can run ------------------------------------------------------------------------------------


@contextlib.contextmanager
def port_forward(namespace, service, port):
    """Forwards a free local port to a service, and forwards anew when the connection is lost."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        local = free.getsockname()[1]
    loop = f"while :; do kubectl port-forward --namespace {namespace} service/{service} {local}:{port} >/dev/null 2>&1; sleep 1; done"
    process = subprocess.Popen(["sh", "-c", loop], start_new_session=True)
    try:
        wait_for(f"{service} is at port {local}", lambda: listens(local), 60)
        yield local
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextlib.contextmanager
def in_kubernetes(arguments):
    need("kubectl", "https://kubernetes.io/docs/tasks/tools tells how to install it")
    need("k3d", "https://k3d.io tells how to install it")
    need("docker", "k3d runs in it")

    step(f"Cluster {arguments.cluster}")
    clusters = [cluster["name"] for cluster in json.loads(run("k3d", "cluster", "list", "--output", "json"))]
    if arguments.cluster not in clusters:
        run("k3d", "cluster", "create", arguments.cluster, "--wait")
    context = f"k3d-{arguments.cluster}"
    run("kubectl", "config", "use-context", context)

    step("Images")
    for image, file in IMAGES.items():
        if not run("docker", "images", "--quiet", f"{image}:local").strip():
            say(f"  building {image}")
            run("docker", "build", "-t", f"{image}:local", "-f", file, ".", cwd=HOME)
    run("k3d", "image", "import", "--cluster", arguments.cluster, *[f"{image}:local" for image in IMAGES])

    try:
        step("Deploy k3d/overlays/local")
        say(run("kubectl", "apply", "-k", str(OVERLAY)))
        run("kubectl", "rollout", "status", "--namespace", "databases", "statefulset/postgres", "--timeout=300s")
        say("  Postgres is ready")
        run("kubectl", "rollout", "status", "--namespace", "databases", "deployment/rclone-s3", "--timeout=300s")
        say("  rclone-s3 is ready")
        with contextlib.ExitStack() as stack:
            s3_port = stack.enter_context(port_forward("databases", "rclone-s3", 80))
            s3 = S3(f"http://127.0.0.1:{s3_port}", "admin", "password")
            step("Buckets and the nodes' files")
            for bucket in ("lake-data", "samples"):
                s3.put(f"/{bucket}")
            for table in ("airports", "airlines", "routes"):
                s3.put(f"/samples/{table}.csv.gz", (HOME / "samples" / f"{table}.csv.gz").read_bytes())
            # Nodes that came before their file have given up; they need not wait until they are tried again.
            run("kubectl", "rollout", "restart", "--namespace", "duckfleet", "deployment", "--selector=app.kubernetes.io/component=data-node")
            for kind in ("statefulset/duckdb-sidecar", "deployment/coordinator", "deployment/node-airports", "deployment/node-airlines", "deployment/node-routes"):
                run("kubectl", "rollout", "status", "--namespace", "duckfleet", kind, "--timeout=300s")
                say(f"  {kind} is ready")
            sidecar = stack.enter_context(port_forward("duckfleet", "duckdb-sidecar", 8001))
            coordinator = stack.enter_context(port_forward("duckfleet", "coordinator", 8000))
            yield f"http://127.0.0.1:{coordinator}", f"http://127.0.0.1:{sidecar}"
    finally:
        if arguments.keep:
            say(f"\nThe fleet goes on running; `kubectl delete -k {OVERLAY.relative_to(HOME)}` removes it.")
        else:
            step("Clean up")
            run("kubectl", "delete", "--wait=false", "-k", str(OVERLAY))
            if arguments.cluster not in clusters:
                run("k3d", "cluster", "delete", arguments.cluster)


@contextlib.contextmanager
def on_this_machine(arguments):
    folder = tempfile.mkdtemp(prefix="ducklake-test-")
    fleet = [str(HOME / "duckfleet")]
    where = ["--data-dir", folder]
    try:
        step("Start a fleet on this machine")
        run(*fleet, "start", *where, "--port-base", str(arguments.port_base))
        status = json.loads(run(*fleet, "status", "--json", *where))
        say(f"  Postgres at port {status['catalog']['port']}, S3 at {status['s3']['endpoint']}")
        step("Bucket")
        s3 = status["s3"]
        S3(s3["endpoint"], s3["access_key"], s3["secret_key"]).put(f"/{s3['bucket']}")
        say(f"  {s3['bucket']}")
        with contextlib.ExitStack() as stack:
            if shutil.which("rclone") and not arguments.embedded_s3:
                yield stack.enter_context(with_rclone(arguments, folder, status))
            else:
                yield status["coordinator"]["url"], status["sidecar"]["url"]
    finally:
        step("Clean up")
        subprocess.run([*fleet, "stop", *where], capture_output=True)
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def with_rclone(arguments, folder, status):
    """A sidecar and a coordinator more, on a lake of their own whose S3 server is rclone, as in the cluster."""
    step("rclone as the S3 server")
    objects = pathlib.Path(folder) / "rclone"
    (objects / "rclone-lake").mkdir(parents=True)
    base = arguments.port_base + 40
    access, secret = uuid.uuid4().hex, uuid.uuid4().hex
    catalog = status["catalog"]
    password = json.loads((pathlib.Path(folder) / "credentials.json").read_text())["catalogPassword"]
    config = pathlib.Path(folder) / "rclone-fleet.json"
    config.write_text((pathlib.Path(folder) / "config.json").read_text())
    environment = {
        **os.environ,
        "S3_ENDPOINT": f"http://127.0.0.1:{base}",
        "S3_ACCESS_KEY": access,
        "S3_SECRET_KEY": secret,
        "S3_BUCKET": "rclone-lake",
        "CATALOG_HOST": catalog["host"],
        "CATALOG_PORT": str(catalog["port"]),
        "CATALOG_DATABASE": catalog["database"],
        "CATALOG_USER": catalog["user"],
        "CATALOG_PASSWORD": password,
        "CATALOG_SCHEMA": "rclone_lake",
        "BUFFER_DIR": str(pathlib.Path(folder) / "rclone-buffer"),
        # Not an argument, which every process could read; the quotes keep rclone from taking it for a list.
        "RCLONE_AUTH_KEY": f'"{access},{secret}"',
    }
    commands = [
        ["rclone", "serve", "s3", "--addr", f"127.0.0.1:{base}", "--vfs-cache-mode", "writes", "--cache-dir", f"{folder}/rclone-cache", str(objects)],
        [str(HOME / "duckfleet"), "sidecar", "--host", "127.0.0.1", "--port", str(base + 1)],
        [str(HOME / "duckfleet"), "coordinator", "--host", "127.0.0.1", "--port", str(base + 2), "--config", str(config)],
    ]
    processes = []
    try:
        for command in commands:
            log = open(pathlib.Path(folder) / f"{pathlib.Path(command[0]).name}-{len(processes)}.log", "w")
            processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT))
        coordinator, sidecar = f"http://127.0.0.1:{base + 2}", f"http://127.0.0.1:{base + 1}"
        wait_for("rclone answers", lambda: listens(base), 30)
        wait_for("the sidecar is ready", lambda: ask(f"{sidecar}/health/ready", timeout=5)["status"] == "UP", 120)
        wait_for("the coordinator is ready", lambda: ask(f"{coordinator}/health/ready", timeout=5)["status"] == "UP", 120)
        yield coordinator, sidecar
    finally:
        for process in reversed(processes):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)


# --- the test itself -------------------------------------------------------------------------------------------------------------


def trips_file(arguments):
    """The file of trips, its name, and what the columns are called in it."""
    if not arguments.sample:
        target = pathlib.Path(tempfile.gettempdir()) / "yellow_tripdata_2019-03.parquet"
        try:
            if not target.exists():
                say("  fetching a month of trips from the TLC (about 110 MB)")
                partial = target.with_suffix(".partial")
                with urllib.request.urlopen(TLC, timeout=10) as source, open(partial, "wb") as sink:
                    shutil.copyfileobj(source, sink)
                partial.rename(target)
            return target
        except (OSError, urllib.error.URLError):
            say("  the TLC can't be reached; the sample it is")
    return SAMPLE


def multipart(path):
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    return head.encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def load(sidecar, path, table):
    body, content_type = multipart(path)
    query = urllib.parse.urlencode({"table_name": table, "partition_by": "tpep_pickup_datetime"})
    began = time.monotonic()
    answer = ask(f"{sidecar}/ingest/file?{query}", body, content_type, {"Idempotency-Key": f"ducklake-test-{table}"})
    return answer, time.monotonic() - began


def table_of(columns, rows):
    cells = [[("" if value is None else f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)) for value in row] for row in rows]
    widths = [max([len(name)] + [len(row[i]) for row in cells]) for i, name in enumerate(columns)]
    numeric = [all(isinstance(row[i], (int, float)) for row in rows) for i in range(len(columns))]

    def line(values):
        return "  ".join(value.rjust(width) if right else value.ljust(width) for value, width, right in zip(values, widths, numeric))

    return "\n".join("  " + text for text in [line(columns), "  ".join("-" * width for width in widths), *[line(row) for row in cells]])


def question(coordinator, title, sql):
    began = time.monotonic()
    answer = ask(f"{coordinator}/query", {"query": sql})
    seconds = time.monotonic() - began
    say(f"\n{title}  [{1000 * seconds:.0f} ms]")
    say(table_of(answer["columns"], [list(row.values()) for row in answer["results"]]))
    return answer["results"]


def check(coordinator, sidecar, arguments):
    table = f"taxi_trips_{uuid.uuid4().hex[:8]}"
    step("Load trips into the lake")
    path = trips_file(arguments)
    answer, seconds = load(sidecar, path, table)
    count = answer["record_count"]
    say(f"  {count:,} trips from {path.name} in {seconds:.1f} s: {count / seconds:,.0f} a second, snapshot {answer['snapshot_id']}")
    again, _ = load(sidecar, path, table)
    if not again.get("duplicate"):
        raise Failure("the same file with the same Idempotency-Key was not told to be a duplicate")

    step("Ask")
    total = question(coordinator, "Trips in the lake", f"SELECT count(*) AS trips FROM {table}")[0]["trips"]
    if total != count:
        raise Failure(f"{count:,} trips were acked, {total:,} are in the lake")
    trips = f"(SELECT *, tpep_pickup_datetime AS pickup FROM {table})"
    for title, sql in QUESTIONS.items():
        question(coordinator, title, sql.format(trips=trips))
    question(
        coordinator,
        "The lake and a data node in one query: airports and how many trips were taken to their city that day",
        f"""
        SELECT a.iata, a.name, (SELECT count(*) FROM {table} WHERE partition_date = DATE '2019-03-10') AS trips
        FROM airports a WHERE a.city = 'New York' AND a.iata IN ('JFK', 'LGA') ORDER BY a.iata""",
    )
    say(f"\n{count:,} trips were loaded once and found again.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog="Exit code 0 when all of it held, 1 when not.")
    parser.add_argument("--local", action="store_true", help="against processes on this machine instead of a cluster")
    parser.add_argument("--sample", action="store_true", help="load the sample file, don't look for the TLC's")
    parser.add_argument("--embedded-s3", action="store_true", help="with --local: the embedded S3 server also where rclone is installed")
    parser.add_argument("--keep", action="store_true", help="leave everything running (cluster) or the data (local)")
    parser.add_argument("--cluster", default="duckfleet", help="name of the k3d cluster (default: %(default)s)")
    parser.add_argument("--port-base", type=int, default=28000, help="with --local: the first port (default: %(default)s)")
    arguments = parser.parse_args()
    place = on_this_machine if arguments.local else in_kubernetes
    try:
        with place(arguments) as (coordinator, sidecar):
            check(coordinator, sidecar, arguments)
    except Failure as failure:
        print(f"ducklake-test: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
