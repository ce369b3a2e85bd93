"""A list that has a default view opens with it: only where its address asks for nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ronghe.lists.queries import address_of, load_shelf


class DefaultViewMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if request.method != "GET" or request.GET or kwargs:
            return None
        shelf = load_shelf(request)
        if shelf is None or shelf.default is None:
            return None
        return HttpResponseRedirect(f"{request.path}{address_of(shelf.default)}")
