"""Send each user what waits by e-mail, on the days the township wants to be reminded.

Run once a day, by a timer. Without EMAIL_HOST nothing is sent: the to-do list is all there is.
"""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand

from congress.models import Township, User
from congress.periods import today
from congress.todo import todos_of


class Command(BaseCommand):
    help = "把待办事项发到各账号的电子邮箱；没有配置邮件服务的不发送。"

    def handle(self, **options):
        if not settings.EMAIL_HOST:
            self.stdout.write("没有配置邮件服务（EMAIL_HOST），没有发送。")
            return
        township, day = Township.current(), today()
        letters = []
        for user in User.objects.filter(is_active=True).exclude(email=""):
            todos = todos_of(user, day)
            if any(todo.reminders() for todo in todos):
                subject = f"{township.congress_name}待办提醒（{day.isoformat()}）"
                letters.append(EmailMessage(subject, _body(user, todos), to=[user.email]))
        sent = get_connection().send_messages(letters) or 0
        self.stdout.write(f"已发送{sent}封。")


def _body(user: User, todos) -> str:
    """Kinds and numbers only: what stands in a letter is read by more than who may read it."""
    lines = [f"{todo.label}：{todo.count}{todo.measure}。{todo.advice}" for todo in todos]
    address = f"登录后在“待办”中查看：{settings.SITE_ADDRESS}" if settings.SITE_ADDRESS else ""
    return "\n".join(filter(None, [f"{user.name}：", *lines, address]))
