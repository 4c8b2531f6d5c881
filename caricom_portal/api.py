"""The routes of the API: one line per collection (CONTRACT.md)."""

from rest_framework.routers import SimpleRouter

from apps.assessments.api import assessments, linting, outlook
from apps.audit import api as audit
from apps.council.api import decisions as council_decisions
from apps.council.api import meetings as council_meetings
from apps.council.api import papers as council_papers
from apps.council.api import procedures as council_procedures
from apps.documents import api as documents
from apps.entities.api import collections as entities
from apps.entrance import api as entrance
from apps.exchange.api import requests as exchange
from apps.files import api as files
from apps.gateway import api as gateway
from apps.impacs.api import escalations, mandates, papers, state_actions
from apps.impacs.api import tasks as impacs_tasks
from apps.jrcc import api as jrcc
from apps.notices import api as notices
from apps.oversight import api as oversight
from apps.people import api as people
from apps.protection import api as protection
from apps.region.api import indicators, instruments, measures, participations
from apps.reports import api as reports
from apps.rifc.api import releases as rifc_releases
from apps.rifc.api import reports as rifc_reports
from apps.screening import api as screening
from apps.search import api as search
from apps.watch.api import bulletins as watch_bulletins
from apps.watch.api import digests as watch_digests
from apps.watch.api import logs as watch_logs

router = SimpleRouter()
router.register("people/me", people.MeViewSet, basename="people-me")
router.register("people/parties", people.PartyViewSet, basename="people-parties")
router.register("people/desks", people.DeskViewSet, basename="people-desks")
router.register("people/seats", people.SeatViewSet, basename="people-seats")
router.register("people/accounts", people.AccountViewSet, basename="people-accounts")
router.register("people/invitations", people.InvitationViewSet, basename="people-invitations")
router.register("people/secondments", people.SecondmentViewSet, basename="people-secondments")
router.register("people/proposals", people.ProposalViewSet, basename="people-proposals")
router.register("people/reviews", people.ReviewViewSet, basename="people-reviews")
router.register("people/review-items", people.ReviewItemViewSet, basename="people-review-items")
router.register("people/emergencies", people.EmergencyViewSet, basename="people-emergencies")
router.register("people/stand-ins", people.StandInViewSet, basename="people-stand-ins")
router.register("people/keys", entrance.KeyViewSet, basename="people-keys")
router.register("oversight/anchors", oversight.AnchorViewSet, basename="oversight-anchors")
router.register("oversight/cases", oversight.CaseViewSet, basename="oversight-cases")
router.register("oversight/leavers", oversight.LeaverViewSet, basename="oversight-leavers")
router.register("audit/records", audit.RecordViewSet, basename="audit-records")
router.register("council/decisions", council_decisions.DecisionViewSet, basename="council-decisions")
router.register("documents/issued", documents.IssuedDocumentViewSet, basename="documents-issued")
router.register("impacs/state-actions", state_actions.StateActionViewSet, basename="impacs-state-actions")
router.register("impacs/evidence", papers.EvidenceViewSet, basename="impacs-evidence")
router.register("impacs/extensions", papers.ExtensionViewSet, basename="impacs-extensions")
router.register("impacs/assistance", papers.AssistanceViewSet, basename="impacs-assistance")
router.register("impacs/escalations", escalations.EscalationViewSet, basename="impacs-escalations")
router.register("impacs/mandates", mandates.MandateViewSet, basename="impacs-mandates")
router.register("impacs/tasks", impacs_tasks.TaskViewSet, basename="impacs-tasks")
router.register("notices/webhooks", notices.WebhookViewSet, basename="notices-webhooks")
router.register("notices/webhook-calls", notices.WebhookCallViewSet, basename="notices-webhook-calls")
router.register("notices/alarms", notices.AlarmViewSet, basename="notices-alarms")
router.register("notices/ways", notices.WaysViewSet, basename="notices-ways")
router.register("jrcc/submissions", jrcc.SubmissionViewSet, basename="jrcc-submissions")
router.register("jrcc/journeys", jrcc.JourneyViewSet, basename="jrcc-journeys")
router.register("jrcc/travellers", jrcc.TravellerViewSet, basename="jrcc-travellers")
router.register("jrcc/corrections", jrcc.AmendmentViewSet, basename="jrcc-corrections")
router.register("entrance/directories", entrance.DirectoryViewSet, basename="entrance-directories")
router.register("protection/requests", protection.RequestViewSet, basename="protection-requests")
router.register("protection/classification", protection.LevelViewSet, basename="protection-classification")
router.register("protection/keeping-rules", protection.KeepingRuleViewSet, basename="protection-keeping-rules")
router.register("protection/purposes", protection.PurposeViewSet, basename="protection-purposes")
router.register("protection/purpose-changes", protection.PurposeChangeViewSet, basename="protection-purpose-changes")
router.register("jrcc/persons", jrcc.PersonViewSet, basename="jrcc-persons")
router.register("jrcc/lookups", jrcc.LookupViewSet, basename="jrcc-lookups")
router.register("jrcc/hits", jrcc.HitViewSet, basename="jrcc-hits")
router.register("jrcc/hit-questions", jrcc.HitQuestionViewSet, basename="jrcc-hit-questions")
router.register("jrcc/regimes", jrcc.RegimeViewSet, basename="jrcc-regimes")
router.register("jrcc/carriers", jrcc.CarrierViewSet, basename="jrcc-carriers")
router.register("jrcc/scorecards", jrcc.ScorecardViewSet, basename="jrcc-scorecards")
router.register("jrcc/cases", jrcc.CaseViewSet, basename="jrcc-cases")
router.register("jrcc/expected-journeys", jrcc.ExpectedJourneyViewSet, basename="jrcc-expected-journeys")
router.register("jrcc/retention-rules", jrcc.RetentionRuleViewSet, basename="jrcc-retention-rules")
router.register("jrcc/retention-changes", jrcc.RetentionChangeViewSet, basename="jrcc-retention-changes")
router.register("jrcc/penalty-rules", jrcc.PenaltyRuleViewSet, basename="jrcc-penalty-rules")
router.register("jrcc/regime-changes", jrcc.RegimeChangeViewSet, basename="jrcc-regime-changes")
router.register("jrcc/booking-laws", jrcc.BookingLawViewSet, basename="jrcc-booking-laws")
router.register("jrcc/booking-law-changes", jrcc.BookingLawChangeViewSet, basename="jrcc-booking-law-changes")
router.register("jrcc/penalty-changes", jrcc.PenaltyChangeViewSet, basename="jrcc-penalty-changes")
router.register("jrcc/holds", jrcc.HoldViewSet, basename="jrcc-holds")
router.register("jrcc/erasures", jrcc.ErasureViewSet, basename="jrcc-erasures")
router.register("gateway/sources", gateway.SourceViewSet, basename="gateway-sources")
router.register("gateway/queries", gateway.QueryViewSet, basename="gateway-queries")
router.register("region/participations", participations.ParticipationViewSet, basename="region-participations")
router.register("region/instruments", instruments.InstrumentViewSet, basename="region-instruments")
router.register("region/instrument-parties", instruments.PartyViewSet, basename="region-instrument-parties")
router.register("region/measures", measures.MeasureViewSet, basename="region-measures")
router.register("region/indicators", indicators.IndicatorViewSet, basename="region-indicators")
router.register("search", search.SearchViewSet, basename="search")
router.register("search/saved", search.SavedSearchViewSet, basename="search-saved")
router.register("screening/lists", screening.WatchListViewSet, basename="screening-lists")
router.register("screening/imports", screening.ListImportViewSet, basename="screening-imports")
router.register("screening/clearances", screening.TravellerClearanceViewSet, basename="screening-clearances")
router.register("screening/rules", screening.RuleViewSet, basename="screening-rules")
router.register("screening/thresholds", screening.ThresholdsViewSet, basename="screening-thresholds")
router.register("screening/entries", screening.EntryViewSet, basename="screening-entries")
router.register("council/meetings", council_meetings.MeetingViewSet, basename="council-meetings")
router.register("council/items", council_meetings.AgendaItemViewSet, basename="council-items")
router.register("council/positions", council_meetings.PositionViewSet, basename="council-positions")
router.register("files/uploads", files.UploadViewSet, basename="files-uploads")
router.register("files/attachments", files.AttachmentViewSet, basename="files-attachments")
router.register("council/papers", council_papers.PaperViewSet, basename="council-papers")
router.register("council/procedures", council_procedures.ProcedureViewSet, basename="council-procedures")
router.register("reports/reports", reports.ReportViewSet, basename="reports-reports")
router.register("reports/clearances", reports.ClearanceViewSet, basename="reports-clearances")
router.register("reports/facts", reports.FactViewSet, basename="reports-facts")
router.register("rifc/reports", rifc_reports.ReportViewSet, basename="rifc-reports")
router.register("rifc/release-requests", rifc_releases.ReleaseRequestViewSet, basename="rifc-release-requests")
router.register("rifc/requests", exchange.RequestViewSet, basename="rifc-requests")
router.register("rifc/assessments", assessments.AssessmentViewSet, basename="rifc-assessments")
router.register("rifc/outlook", outlook.OutlookViewSet, basename="rifc-outlook")
router.register("rifc/track-record", outlook.TrackRecordViewSet, basename="rifc-track-record")
router.register("rifc/lint", linting.LintViewSet, basename="rifc-lint")
router.register("rifc/bulletins", watch_bulletins.BulletinViewSet, basename="rifc-bulletins")
router.register("rifc/digests", watch_digests.DigestViewSet, basename="rifc-digests")
router.register("watch/logs", watch_logs.WatchViewSet, basename="watch-logs")
router.register("rifc/entities", entities.EntityViewSet, basename="rifc-entities")
router.register("rifc/entity-facts", entities.FactViewSet, basename="rifc-entity-facts")
router.register("rifc/entity-links", entities.LinkEvidenceViewSet, basename="rifc-entity-links")
router.register("rifc/entity-sightings", entities.SightingViewSet, basename="rifc-entity-sightings")
router.register("rifc/twins", entities.TwinViewSet, basename="rifc-twins")
router.register("rifc/silent-hits", entities.SilentHitViewSet, basename="rifc-silent-hits")
