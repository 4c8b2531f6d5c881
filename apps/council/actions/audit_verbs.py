"""Verbs that the audit has of this app and that are no action of their own.

Readings and exports, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("decision.adopt_in_writing", _("Adopted a decision in writing"))
noted("decision.export", _("Exported a decision"))
noted("decision.fail_in_writing", _("Recorded that a decision failed in writing"))
noted("decision.read", _("Read a decision"))
noted("decision.restrict", _("Restricted a decision with its item"))
noted("decision.to_written", _("Put a decision to the written procedure"))
noted("item.carry", _("Carried an item over to the next agenda"))
noted("meeting.export", _("Exported a meeting"))
noted("meeting.move_floor", _("Moved to another item"))
noted("objection.take_up", _("Took up a proposal to object"))
noted("official.read", _("Opened the ministers' page"))
noted("paper.download", _("Downloaded a paper"))
noted("paper.read", _("Read a paper"))
noted("paper.restrict", _("Restricted a paper with its item"))
noted("position.list", pgettext_lazy("words, audit", "Listed positions"))
noted("position.read", _("Read a position"))
noted("procedure.restrict", _("Restricted a written procedure with its item"))
