// Draws the API's description with Swagger UI, from our own files.
import "../css/api-docs.css";

const place = document.querySelector("#api-docs");

// Its own layout brings a second <main> and <h1>, which the page has already.
const WithinThePage = ({ React }) => ({
  components: {
    PageLayout: ({ getComponent }) => {
      const part = (name) => React.createElement(getComponent(name, true));
      return React.createElement(
        "div",
        { className: "swagger-ui" },
        React.createElement(getComponent("SvgAssets")),
        part("errors"),
        part("operations"),
        part("Models"),
      );
    },
  },
});

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  validatorUrl: null,
  plugins: [WithinThePage],
  layout: "PageLayout",
});
