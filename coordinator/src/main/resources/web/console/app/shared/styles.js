import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** Sets styles one by one: a strict Content-Security-Policy forbids the attribute that lit's own styleMap begins with. */
class Styles extends Directive {
  render() {
    return noChange;
  }

  update({ element }, [values]) {
    for (const [name, value] of Object.entries(values)) {
      if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
    }
    return noChange;
  }
}

export const styles = directive(Styles);
