"""One's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronghe.common.access import access, signed_in


@access(signed_in)
def show_profile(request: HttpRequest) -> HttpResponse:
    """Show who I am here: name, posts held today, password and second factor."""
    return render(request, "accounts/profile.html")
