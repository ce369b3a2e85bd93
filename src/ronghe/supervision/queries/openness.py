"""三务公开 for other contexts."""

from django.urls import reverse

from ronghe.supervision.models import Opinion


def find_opinion_page(pk: int) -> str:
    """Return where an opinion stands: on the page of what it is about."""
    row = Opinion.objects.filter(pk=pk).values_list("disclosure_id", flat=True).first()
    return f"{reverse('supervision:open-row', args=[row])}#opinion-{pk}" if row else ""
