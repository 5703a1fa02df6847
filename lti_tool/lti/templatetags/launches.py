"""Template tag for addresses under the launch of the request."""

from django import template

from lti_tool.lti.access import launch_url as address_of

register = template.Library()


@register.simple_tag(takes_context=True)
def launch_url(context: template.Context, name: str, **kwargs: object) -> str:
    """`{% launch_url 'capture:page' %}`: that page, under the launch that is being looked at."""
    return address_of(context["request"].launch, name, **kwargs)
