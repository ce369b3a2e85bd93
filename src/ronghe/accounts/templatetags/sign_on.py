"""What the log-in page says of sign-on by the company's provider."""

from django import template

from ronghe.accounts.sso import name_provider

register = template.Library()
register.simple_tag(name_provider, name="provider_name")
