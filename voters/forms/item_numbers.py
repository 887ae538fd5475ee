"""凭编号录入: which item a sheet of paper is about."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from congress.fields import say_plainly
from congress.models import User
from congress.periods import today
from voters.item_numbers import item_number
from voters.models import FeedbackItem


class ItemNumberForm(forms.Form):
    """Valid where an item has the number; it is then ``item``."""

    number = forms.CharField(
        label="编号",
        max_length=300,
        help_text="扫描纸上的二维码，或输入编号后按回车；本年的可以只输入后几位，如41",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = FeedbackItem.objects.visible_to(user).order_by("-registered_on", "-pk")
        say_plainly(self.fields["number"])

    def clean_number(self):
        number = item_number(self.cleaned_data["number"], today().year)
        self.item = self.items.filter(number__iexact=number).first()
        if self.item is None:
            words = (
                f"没有{number}号意见建议。请对照纸上的编号核对年份和号码，"
                "往年的请连年份一起输入，如2019-J041。"
            )
            ending = number.partition("-")[2]
            alike = ending and self.items.filter(number__endswith=f"-{ending}").first()
            raise ValidationError(_or_this_one(words, alike) if alike else words)
        return number


def _or_this_one(words: str, item: FeedbackItem) -> str:
    address = reverse("feedbackitem_enter", query={"number": item.number})
    return format_html('{}是不是<a href="{}">{}</a>？', words, address, item)
