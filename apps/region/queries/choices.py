"""Choices of rows of the register in the input of acts, narrowed to what belongs to the record at hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.people.models import Party
from apps.region.models import Indicator, PartyStep, Provision, Reservation, StagePeriod, Track, TrackStep


class PeriodChoice(forms.ChoiceField):
    """A stage of a participation, as it is known now, by its id."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """The periods of this participation that the asker sees, in order."""
        rows = StagePeriod.objects.visible_to(actor).known().filter(participation=row).order_by("valid_from")
        self.choices = [("", _("None: add a missing entry")), *((str(each.pk), period_words(each)) for each in rows)]


def period_words(fact: StagePeriod) -> str:
    """ "In use, from 2007-02-01 to 2007-05-16" """
    named = {"stage": fact.get_stage_display(), "begin": fact.valid_from, "end": fact.valid_to}
    if fact.valid_to is None:
        return pgettext("words, region", "%(stage)s, from %(begin)s") % named
    return pgettext("words, region", "%(stage)s, from %(begin)s to %(end)s") % named


class LawChoice(forms.ChoiceField):
    """A law of the State that is in force, by its title, which the register then keeps."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """The State's own laws in force, with their topics."""
        rows = Track.objects.visible_to(actor).filter(party=row.party_id, state=Track.Stage.IN_FORCE)
        titles = [(each.named, f"{each.topic}: {each.named}") for each in rows.select_related("topic")]
        self.choices = [("", "–"), *sorted(titles, key=lambda pair: pair[1])]


class StepChoice(forms.ChoiceField):
    """A step of a party, as it is known now, by its id."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """The steps of this party, in order."""
        rows = PartyStep.objects.visible_to(actor).known().filter(of=row).order_by("on")
        steps = ((str(each.pk), f"{each.get_kind_display()}, {each.on}") for each in rows)
        self.choices = [("", _("None: add a missing entry")), *steps]


class ReservationChoice(forms.ChoiceField):
    """A reservation of another party to the same instrument, by its id."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Reservations of others that stand."""
        rows = (
            Reservation.objects.visible_to(actor).known().filter(withdrawn_on=None, kind=Reservation.Kind.RESERVATION)
        )
        rows = rows.filter(of__instrument=row.instrument_id if row else None).exclude(of=row).select_related("of")
        self.choices = [(str(each.pk), f"{each.of.entity}, {each.article}, {each.on}") for each in rows]


class StageChoice(forms.ChoiceField):
    """A stage of a law, as it is known now, by its id."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """The stages of this law, in order."""
        rows = TrackStep.objects.visible_to(actor).known().filter(track=row).order_by("on")
        steps = ((str(each.pk), f"{each.get_stage_display()}, {each.on}") for each in rows)
        self.choices = [("", _("None: add a missing entry")), *steps]


class ProvisionChoice(forms.ChoiceField):
    """A provision of the newest model law on the topic, by its id."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Provisions of the topic's newest model law, in order."""
        rows = Provision.objects.visible_to(actor).filter(law__topic=row.topic_id if row else None)
        found = list(rows.select_related("law").order_by("-law__issued_on", "-law_id", "position"))
        newest = found[0].law_id if found else None
        self.choices = [(str(each.pk), str(each)) for each in found if each.law_id == newest]


class StatesChoice(forms.ChoiceField):
    """A State by its code, or the region."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """All States for an indicator of States; the region for one of the region."""
        if row is not None and row.per == Indicator.Per.REGION:
            self.choices = [("", pgettext("words, region", "The region"))]
            return
        kinds = (Party.Kind.MEMBER_STATE, Party.Kind.ASSOCIATE_MEMBER)
        rows = Party.objects.visible_to(actor).filter(periods__kind__in=kinds).distinct().order_by("short_name")
        self.choices = [(party.code, pgettext("party", party.short_name)) for party in rows]
