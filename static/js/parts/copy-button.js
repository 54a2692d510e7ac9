// <copy-button for="id" done="Đã sao chép"><button hidden>…</button></copy-button>: copies that element's text.
// The button stays hidden where there is no script or no clipboard.

class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const source = document.getElementById(this.getAttribute("for"));
    await navigator.clipboard.writeText(source.textContent.trim());
    this.querySelector("[role=status]").textContent = this.getAttribute("done");
  }
}

customElements.define("copy-button", CopyButton);
