"""Documents, groups, their officers and rooms (S03–S06 of the 2020 report)."""

from congress.numerals import group_name, listing, month_day, session_name, title_marks
from groups.models import Post
from reports.figures import ReportFigures
from reports.figures.groups import Group
from reports.figures.institution import Paper, Papers
from reports.marks import linked, numbers_linked

from .phrases import LONGEST_LIST, group_list, kinds_of_work, since, subject, village_list


def documents(figures: ReportFigures) -> str:
    """Which documents were followed and drawn up, and that activities were organised.

    The documents are the township's: a group does not tell of them.
    """
    papers = figures.papers if not figures.scope.group else Papers((), ())
    clauses = []
    if papers.county:
        clauses.append(f"认真贯彻落实{_county_papers(papers.county)}精神")
    if papers.own:
        clauses.append(f"{'及时' if papers.county else ''}研究制定了{_own_papers(papers.own)}")
    kinds = kinds_of_work(figures)
    if kinds:
        several = "一系列活动，取得了较好的效果"
        series = several if len(kinds) > 1 else f"{kinds[0]}活动"
        clauses.append(f"{'并' if clauses else ''}组织代表开展了{series}")
    if not clauses:
        return ""
    return f"{since(figures)}，{subject(figures)}{'，'.join(clauses)}。"


def nothing_done(figures: ReportFigures) -> str:
    """For a report that has nothing else to tell."""
    what = "活动" if figures.scope.group else "代表小组活动"
    return f"{since(figures)}，{subject(figures)}没有组织开展{what}。"


def _county_papers(papers: tuple[Paper, ...]) -> str:
    """The first is named; the issuer too, where all have the same one."""
    issuers = {paper.issuer for paper in papers}
    issuer = papers[0].issuer if len(issuers) == 1 else "上级"
    first = numbers_linked(f"{issuer}{title_marks(papers[0].title)}", "document", papers[0].pk)
    number = linked(len(papers), "documents.county")
    return first if len(papers) == 1 else f"{first}等{number}个规范性文件"


def _own_papers(papers: tuple[Paper, ...]) -> str:
    titles = [numbers_linked(title_marks(paper.title), "document", paper.pk) for paper in papers]
    if len(titles) == 1:
        return titles[0]
    if len(titles) <= LONGEST_LIST:
        return f"{listing(titles, last='和')}等文件"
    return f"{listing(titles[:LONGEST_LIST])}等{linked(len(titles), 'documents.own')}个文件"


def sessions_held(figures: ReportFigures) -> str:
    """Sessions of the congress in the period, with their agenda; not told by a group."""
    if figures.scope.group:
        return ""
    kind = figures.institution.kind
    sentences = (
        (
            f"{month_day(session.date)}，召开了{kind}{session_name(session.term, session.ordinal)}"
            f"{'，议程为' + listing(session.agenda) if session.agenda else ''}。",
            session.pk,
        )
        for session in figures.sessions.held
    )
    return "".join(numbers_linked(text, "session", pk) for text, pk in sentences)


def division(figures: ReportFigures) -> str:
    """How many delegates in how many groups, and the officers of each."""
    groups, kind = figures.groups.groups, figures.institution.kind
    if not groups:
        return ""
    whom, officers = _delegates(figures) or "代表", _officers(groups)
    if figures.scope.group:
        made = f"{subject(figures)}由{whom}组成"
    else:
        verb = "划分为" if len(groups) > 1 else "编为"
        number = linked(len(groups), "groups")
        made = f"{kind}人大结合全{kind}代表分布情况，将{whom}{verb}{number}个代表小组"
    return f"{made}{_founded(figures)}{'，' + officers if officers else ''}。"


def _delegates(figures: ReportFigures) -> str:
    levels = [
        f"{linked(number, figure)}名{level}人大代表"
        for number, level, figure in (
            (figures.delegates.county, "县", "delegates.county"),
            (figures.delegates.town, figures.institution.kind, "delegates.town"),
        )
        if number
    ]
    return listing(levels, last="和")


def _founded(figures: ReportFigures) -> str:
    """Groups that were founded in mid-period, where others stood before."""
    groups = figures.groups.groups
    new = [group for group in groups if group.founded > figures.period.first]
    if not new or len(new) == len(groups):
        return ""
    clauses = [
        numbers_linked(
            f"{group_name(group.ordinal)}于{month_day(group.founded)}成立", "group", group.pk
        )
        for group in new
    ]
    return f"，其中{'，'.join(clauses)}"


def _officers(groups: tuple[Group, ...]) -> str:
    """Posts that every group has filled; vacant ones are named as vacant."""
    everywhere, vacancies = [], []
    for post in (Post.LEADER, Post.VICE_LEADER, Post.LIAISON):
        without = [group.ordinal for group in groups if post not in group.posts]
        if not without:
            everywhere.append(f"{linked(1, f'groups.{post.value}')}名{post.label}")
        elif len(without) < len(groups):
            vacancies.append(f"{group_list(without)}{post.label}暂缺")
    if not everywhere:
        return ""
    subject = "每个代表小组都" if len(groups) > 1 else ""
    vacant = f"（{'，'.join(vacancies)}）" if vacancies else ""
    return f"{subject}明确了{listing(everywhere, last='和')}{vacant}，具体负责代表小组活动开展"


def rooms(figures: ReportFigures) -> str:
    """Which villages make which group, and where its room is."""
    groups = [group for group in figures.groups.groups if group.villages or group.rooms]
    if not groups:
        return ""
    if figures.scope.group:
        return f"{'，'.join(_area_and_room(*groups))}。"
    number = len(figures.groups.rooms)
    created = f"创建了{linked(number, 'rooms')}个代表小组活动室，" if number else ""
    places, verb = [], "划为"
    for group in groups:
        clauses = []
        if group.villages:
            start = "将" if not places else ""
            villages = village_list(group.villages, "group", group.pk)
            clauses.append(f"{start}{villages}代表{verb}{group_name(group.ordinal)}")
            verb = "为"
        elif group.rooms:
            clauses.append(group_name(group.ordinal))
        if group.rooms:
            clauses.append(_where(group))
        places.append("，".join(clauses) if group.villages else "".join(clauses))
    return f"{created}{'；'.join(places)}。"


def _area_and_room(group: Group) -> list[str]:
    """What the report of one group says of its own."""
    area = [f"覆盖{village_list(group.villages, 'group', group.pk)}"] if group.villages else []
    return [*area, *([_where(group)] if group.rooms else [])]


def _where(group: Group) -> str:
    places = [numbers_linked(room.place, "room", room.pk) for room in group.rooms]
    return f"活动室设在{listing(places, last='和')}"


def room_signs(figures: ReportFigures) -> str:
    """Whether the rooms have their signs and the rules on the wall; ends with a comma."""
    rooms = figures.groups.rooms
    signs = sum(room.has_sign for room in rooms)
    rules = sum(room.rules_on_wall for room in rooms)
    every = "都" if len(rooms) > 1 else ""
    clauses = []
    if signs == len(rooms):
        clauses.append(f"活动室{every}制作了相关标牌")
    elif signs:
        clauses.append(f"其中{linked(signs, 'rooms.signed')}个活动室制作了相关标牌")
    if rules == len(rooms):
        clauses.append(f"{'' if signs else '活动室'}制度{every}已上墙")
    elif rules:
        of_all = "其中" if signs == len(rooms) or not signs else ""
        clauses.append(f"{of_all}{linked(rules, 'rooms.rules')}个活动室的制度已上墙")
    return f"{'，'.join(clauses)}，" if rooms and clauses else ""
