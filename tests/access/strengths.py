"""How strong the second wall of each table is: a weaker one is a decision (docs/reference/security.md).

What is not named is exact; tables of grants to desks have the floor.
"""

from typing import Any

from apps.access import wall
from apps.access.wall_tables import Strength

UNWALLED = {
    "lists of 100,000 lines come by COPY, which row-level security refuses": "screening_entry",
    "looked up in GIN indexes, which PostgreSQL leaves aside behind a policy": "entities_assertion",
    "looked up in a GIN index, which PostgreSQL leaves aside behind a policy": (
        "council_decision council_paper rifc_reporttext watch_watchentry"
    ),
}
"""Tables that row-level security cannot guard, and why; a trigger lets actions and the portal alone write them."""
NEARER = {
    "upper bound": (
        "assessments_assessment assessments_citation assessments_comment assessments_contribution "
        "assessments_judgement assessments_member assessments_outcome assessments_participant assessments_position "
        "assessments_remark assessments_section assessments_signature entities_silenthit exchange_addressee "
        "exchange_answer exchange_answerdraft exchange_message exchange_overlap exchange_question exchange_request "
        "exchange_subject exchange_variant jrcc_amendment jrcc_bookedtraveller jrcc_booking jrcc_chase jrcc_document "
        "jrcc_erasure jrcc_journey jrcc_journeyparty jrcc_leg jrcc_lookup jrcc_traveller reports_handedit "
        "reports_renderedsentence reports_report reports_transmission rifc_opening rifc_paragraph rifc_readlog "
        "rifc_recall rifc_recallack rifc_receipt rifc_releasedshare rifc_releaserequest rifc_report rifc_sealedshare "
        "rifc_sealedtext rifc_use taxii_intake watch_bulletin "
        "watch_bulletinreceipt watch_bulletinthing watch_digest watch_digestitem"
    ),
    "own rows": (
        "access_idempotencykey account_emailaddress mfa_authenticator rifc_sourcereference "
        "socialaccount_socialaccount usersessions_usersession"
    ),
    "portal": "access_streamevent account_emailconfirmation django_session socialaccount_socialtoken",
}
WEAKER = {
    "floor": (
        "access_dispatch access_grantperiod access_keystamp access_purgeround access_referenceseries audit_head "
        "audit_record audit_repeated coedit_document coedit_sitting coedit_update council_agendaitem "
        "council_amendment council_ballot council_circulation council_clause council_clearance council_confirmation "
        "council_contribution council_decisiontext council_delegation council_meeting "
        "council_minutescorrection council_objectionproposal council_organ council_organchair "
        "council_papercomment council_paperversion council_presenceevent council_reply council_ruleset "
        "council_sealedentry council_silencerules council_sitting council_speaker council_statement "
        "council_translation council_vote council_votingwaiver council_writtenprocedure council_writtenvoterules "
        "entities_entity entities_link entities_linkevidence entities_listed entities_matchpolicy entities_sighting "
        "entities_twin entrance_accountchange entrance_device entrance_directory entrance_directorylink "
        "entrance_keylimit entrance_signinrule exchange_matchpolicy exchange_term files_attachment files_purge "
        "files_storedblob files_upload guardian_groupobjectpermission guardian_userobjectpermission impacs_absence "
        "impacs_assignment impacs_assistancerequest impacs_budgetline impacs_checklistitem impacs_commitment "
        "impacs_deliverable impacs_dependency impacs_difficulty impacs_effortentry impacs_escalation "
        "impacs_escalationrule impacs_evidence impacs_exchangerate impacs_expenditure impacs_extensionrequest "
        "impacs_extensionrules impacs_fund impacs_mandate impacs_mandateextension impacs_nationalnote "
        "impacs_officeholder impacs_programme impacs_report impacs_savedfilter impacs_secondment "
        "impacs_spendingcategory impacs_stateaction impacs_statusrules impacs_step impacs_task impacs_taskbatch "
        "impacs_taskblocker impacs_taskcomment impacs_taskrules impacs_tasktemplate impacs_term impacs_turn "
        "impacs_watcher jrcc_bookinglaw jrcc_carrier jrcc_carriercontact jrcc_carriermail jrcc_draft jrcc_penaltyrule "
        "jrcc_regime jrcc_retentionrule jrcc_retry jrcc_schedule jrcc_sheetlayout notices_calendarfeed "
        "notices_deadline notices_delivery notices_event notices_holiday notices_noticereading notices_subscription "
        "oversight_anchor oversight_anchorcosignature oversight_anomalyrule oversight_case oversight_casestep "
        "oversight_chainwalk oversight_emergencyopening oversight_leaver oversight_missedquorum oversight_quorumrule "
        "oversight_witness people_accessreview people_accountproposal people_accountrule people_clearancechange "
        "people_desk people_desktoken people_emergencyuse people_handover people_invitation people_reviewitem "
        "people_seat people_seatconflict people_seatwaiver people_twopersonrule people_user people_user_groups "
        "people_user_user_permissions protection_classlevel protection_keepingrule protection_purpose "
        "protection_requestrule region_coverage region_grouping region_groupingmember region_indicator "
        "region_indicatorvalue region_initiative region_initiativestatus region_instrument region_instrumentparty "
        "region_instrumentstep region_modellaw region_objection region_participation region_partystep "
        "region_provision region_reservation region_stageperiod region_statedcount region_system region_systemperiod "
        "region_topic region_track region_trackstep reports_reporttemplate rifc_balance rifc_flow rifc_gradingscheme "
        "rifc_moumembership rifc_namedperson rifc_nationallabel rifc_releasedecision rifc_term screening_entrykey "
        "screening_entrykeylist screening_listrules screening_watchlist sealing_holderkey search_asked "
        "search_known search_savedsearch "
        "socialaccount_socialapp taxii_collection taxii_entry taxii_fetch taxii_objectversion taxii_publication"
    ),
    "open": (
        "access_heartbeat auth_group auth_group_permissions auth_permission django_content_type django_migrations "
        "operations_feature operations_featureswitch operations_maintenance people_function people_party "
        "people_partyperiod"
    ),
}


def walled() -> list[Any]:
    """Records and parts that PostgreSQL shows by their own rule, or by an upper bound of it."""
    strong = (Strength.EXACT, Strength.BOUND)
    return [model for model in wall.records_and_parts() if wall.wall_of(model).strength in strong]
