// <fitting-conditions><form>…</form></fitting-conditions>: once a column is chosen, operations that do not fit
// its type cannot be, and its own values are proposed. Without a script the server says what does not fit.

class FittingConditions extends HTMLElement {
  connectedCallback() {
    this.column = this.querySelector("#cot");
    this.column.addEventListener("change", () => this.fit());
    this.fit();
  }

  fit() {
    const chosen = this.column.selectedOptions[0];
    const operation = this.querySelector("#phep");
    for (const option of operation.options) {
      option.disabled = !option.dataset.types.split(" ").includes(chosen.dataset.type);
    }
    if (operation.selectedOptions[0].disabled) {
      operation.value = [...operation.options].find((option) => !option.disabled).value;
    }
    const value = this.querySelector("#gia_tri");
    const proposed = `goi-y-${chosen.value}`;
    if (document.getElementById(proposed)) value.setAttribute("list", proposed);
    else value.removeAttribute("list");
  }
}

customElements.define("fitting-conditions", FittingConditions);
