"""How forms are drawn: our own field template, label above, hint, error between label and input."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
