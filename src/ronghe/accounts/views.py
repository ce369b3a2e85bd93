"""One's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronghe.common import registry
from ronghe.common.access import access, signed_in


@access(signed_in)
def show_profile(request: HttpRequest) -> HttpResponse:
    """Show who I am here: the posts held today, password and second factor."""
    standing_of = registry.people.get("standing")
    posts = [(post.title, post.unit_name) for post in standing_of(request.user).posts] if standing_of else []
    return render(request, "accounts/profile.html", {"posts": posts})
