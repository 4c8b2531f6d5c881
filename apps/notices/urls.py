"""Addresses of the notices."""

from django.urls import path

from apps.notices.views import alarms, feed, holidays, inbox, settings, webhooks

app_name = "notices"
urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/bell/", inbox.show_bell, name="bell"),
    path("notices/read/", inbox.read_all, name="read_all"),
    path("notices/settings/", settings.settings, name="settings"),
    path("notices/settings/quiet/", settings.quiet, name="quiet"),
    path("notices/webhooks/", webhooks.webhooks, name="webhooks"),
    path("notices/webhooks/new/", webhooks.show_new_webhook, name="webhook_new"),
    path("notices/webhooks/<uuid:pk>/", webhooks.webhook, name="webhook"),
    path("notices/webhooks/<uuid:pk>/do/<slug:verb>/", webhooks.do, name="webhook_do"),
    path("notices/alarms/", alarms.alarms, name="alarms"),
    path("notices/alarms/send/", alarms.show_new_alarm, name="alarm_send"),
    path("notices/alarms/<uuid:pk>/", alarms.alarm, name="alarmtest"),
    path("notices/alarms/<uuid:pk>/answer/", alarms.show_alarm_answer, name="alarm_answer"),
    path("notices/settings/calendar/", settings.make_feed, name="feed_make"),
    path("notices/settings/calendar/revoke/", settings.revoke_feed, name="feed_revoke"),
    path("notices/calendar/holidays/", holidays.holidays, name="holidays"),
    path("notices/calendar/holidays/<uuid:pk>/remove/", holidays.show_holiday_removal, name="holiday_remove"),
    path("notices/<uuid:pk>/", inbox.notice, name="notice"),
    path("notices/<uuid:pk>/open/", inbox.open_record, name="open"),
    path("notices/<uuid:pk>/read/", inbox.read_notice_page, name="read"),
    path("notices/<uuid:pk>/acknowledge/", inbox.acknowledge, name="acknowledge"),
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
]
