"""Reading the page 办理情况 as its visitors do: its tables, and the lists behind its numbers."""

from unittest.mock import patch

from django.template.response import SimpleTemplateResponse

from congress.tables import KeyPaginator

PAGE = "/items/board/"


def opened(client, **query):
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response


def tables(client, **query):
    return {table.title: table for table in opened(client, **query).context["tables"]}


def rates(client, **query):
    """Numerator, denominator, and what is said beside, by key."""
    return {
        each.rate.key: (
            each.numerator.value,
            each.denominator.value,
            each.aside and each.aside.value,
        )
        for each in opened(client, **query).context["rates"]
    }


def values(row):
    return [cell.value for cell in row]


def linked(client, **query):
    """(where, number, address) of every number on the page that opens a list."""
    context = opened(client, **query).context
    for headline in context["headlines"]:
        yield headline.label, headline.cell
    for each in context["rates"]:
        for part in (each.numerator, each.denominator, each.rest, each.aside):
            if part:
                yield each.rate.name, part
    for table in context["tables"]:
        for row in (*table.rows, table.total):
            for heading, cell in zip(table.headings, row, strict=bool(row)):
                yield f"{table.title} {heading}", cell


def numbers_unlike_their_lists(client, **query):
    """(how many numbers are linked, those that the list behind them does not show).

    A number without a list is a zero, or words.
    """
    cells = list(linked(client, **query))
    unlinked = [
        (where, cell.value)
        for where, cell in cells
        if isinstance(cell.value, int) and cell.value and not cell.address
    ]
    assert unlinked == []
    numbers = [(where, cell.value, cell.address) for where, cell in cells if cell.address]
    return len(numbers), [
        (where, number, address)
        for where, number, address in numbers
        if number_in(client, address) != number
    ]


def number_in(client, address):
    """What the list of that address counts; its rows need not be fetched, which takes long."""
    with (
        patch.object(SimpleTemplateResponse, "rendered_content", ""),
        patch.object(KeyPaginator, "page", lambda self, number: self._get_page([], number, self)),
    ):
        return client.get(address).context_data["page_obj"].paginator.count
