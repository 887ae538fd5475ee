"""Reading the page 接待情况 as its visitors do: its tables, and the lists behind its numbers."""

from tests.voters.board_pages import number_in

PAGE = "/reception-figures/"


def opened(client, **query):
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response


def tables(client, **query):
    context = opened(client, **query).context
    return {table.title: table for table in context["tables"] + context["turns"]}


def values(row):
    return [cell.value for cell in row]


def linked(client, **query):
    """(heading, number, address) of every number on the page that opens a list."""
    context = opened(client, **query).context
    for table in context["tables"] + context["turns"]:
        for row in (*table.rows, table.total):
            for heading, cell in zip(table.headings, row, strict=bool(row)):
                if cell.address:
                    yield f"{table.title} {heading}", cell.value, cell.address
    for figure in context["headlines"]:
        for cell in (figure.now, figure.before):
            if cell.address:
                yield f"{figure.label}{figure.unit}", cell.value, cell.address


def numbers_unlike_their_lists(client, **query):
    """(how many numbers are linked, those that the list behind them does not show)."""
    numbers = list(linked(client, **query))
    return len(numbers), [
        (heading, number, address)
        for heading, number, address in numbers
        if listed(client, heading, address) != number
    ]


def listed(client, heading, address):
    if "人次" in heading:
        return client.get(address).context["filter"].persons
    return number_in(client, address)
