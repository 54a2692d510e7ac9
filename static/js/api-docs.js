// Draws the API's description with Swagger UI, from our own files.
const place = document.querySelector("#api-docs");

// It brings a <main> and an <h1> of its own; the page has both already.
const fitIn = () => {
  place.querySelector("main").setAttribute("role", "group");
  place.querySelector("h1").setAttribute("aria-level", "2");
};

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  validatorUrl: null,
  deepLinking: true,
  onComplete: fitIn,
});
