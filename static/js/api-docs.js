// Draws the API's description with Swagger UI, from our own files.
const place = document.querySelector("#api-docs");
window.SwaggerUIBundle({ url: place.dataset.schema, domNode: place, validatorUrl: null, deepLinking: true });
