"""A job for the worker's test."""

from django_tasks import task


@task()
def leave_mark(text):
    return text
