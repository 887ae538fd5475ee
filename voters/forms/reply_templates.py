"""Form of the usual words of an answer."""

from congress.editing import RecordForm
from voters.models import ReplyTemplate, Topic
from voters.outcomes import outcome_choices
from voters.reply_text import PLACES

from .item_step import PARAGRAPHS


class ReplyTemplateForm(RecordForm):
    class Meta:
        model = ReplyTemplate
        fields = ["title", "outcome", "topic", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        outcome.choices = [outcome.choices[0], *outcome_choices()]
        self.fields["topic"].queryset = Topic.objects.in_use(besides=self.instance.topic_id)
        self.fields["topic"].empty_label = "各类别通用"
        text = self.fields["text"]
        text.widget.attrs["rows"] = PARAGRAPHS
        known = "".join(f"【{place}】" for place in PLACES)
        text.help_text = f"{known}会自动填入；其他内容也可以写成【】，如【完成日期】，答复时补全"
