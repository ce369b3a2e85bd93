"""All addresses. Each view declares who may (ronghe.common.access); what other packages bring is declared here."""

from django.urls import URLPattern, include, path

from ronghe.common.access import anyone, declare_foreign, signed_in
from ronghe.operations.views.metrics import show_metrics
from ronghe.portal import phone, practice
from ronghe.portal.api import api

urlpatterns = [
    path("", include("ronghe.portal.urls")),
    path("opening/", include("ronghe.opening.urls")),
    path("appraisal/", include("ronghe.appraisal.urls")),
    path("coaching/", include("ronghe.coaching.urls")),
    path("assessment/", include("ronghe.assessment.urls")),
    path("supervision/", include("ronghe.supervision.urls")),
    path("decisions/", include("ronghe.decisions.urls")),
    path("stationing/", include("ronghe.stationing.urls")),
    path("concerns/", include("ronghe.concerns.urls")),
    path("capability/", include("ronghe.capability.urls")),
    path("tracing/", include("ronghe.tracing.urls")),
    path("figures/", include("ronghe.figures.urls")),
    path("meetings/", include("ronghe.meetings.urls")),
    path("progress/", include("ronghe.outlook.urls")),
    path("goals/", include("ronghe.goals.urls")),
    path("initiatives/", include("ronghe.initiatives.urls")),
    path("letters/", include("ronghe.letters.urls")),
    path("duties/", include("ronghe.duties.urls")),
    path("rectification/", include("ronghe.rectification.urls")),
    path("worklist/", include("ronghe.worklist.urls")),
    path("documents/", include("ronghe.documents.urls")),
    path("archive/", include("ronghe.archive.urls")),
    path("retention/", include("ronghe.retention.urls")),
    path("operations/", include("ronghe.operations.urls")),
    path("webhooks/", include("ronghe.webhooks.urls")),
    path("lists/", include("ronghe.lists.urls")),
    path("notices/", include("ronghe.notices.urls")),
    path("org/", include("ronghe.org.urls")),
    path("audit/", include("ronghe.audit.urls")),
    path("accounts/", include("ronghe.accounts.urls")),
    path("api/v1/", api.urls),
    # at the root: a worker reaches what lies below its own address
    path("manifest.webmanifest", phone.serve_manifest, name="manifest"),
    path("sw.js", phone.serve_worker, name="worker"),
    path("offline/", phone.show_offline, name="offline"),
    path("share/", phone.show_share, name="share"),
    path("share/attach/", phone.attach_photo, name="share-attach"),
    path("practice/", practice.show_roles, name="practice"),
    path("practice/enter/", practice.enter, name="practice-enter"),
    path("metrics", show_metrics, name="metrics"),
]

declare_foreign(
    {
        "account_login": anyone,
        "account_logout": signed_in,
        "account_inactive": anyone,
        "account_reauthenticate": signed_in,
        "account_change_password": signed_in,
        "mfa_index": signed_in,
        "mfa_authenticate": anyone,
        "mfa_trust": anyone,
        "mfa_reauthenticate": signed_in,
        "mfa_activate_totp": signed_in,
        "mfa_deactivate_totp": signed_in,
        "mfa_view_recovery_codes": signed_in,
        "mfa_generate_recovery_codes": signed_in,
        "mfa_download_recovery_codes": signed_in,
        "mfa_list_webauthn": signed_in,
        "mfa_add_webauthn": signed_in,
        "mfa_edit_webauthn": signed_in,
        "mfa_remove_webauthn": signed_in,
        "mfa_reauthenticate_webauthn": signed_in,
    }
)

# who may is said by the token (operations.api), not by a session
declare_foreign({f"api:{door.name}": anyone for door in api.urls[0] if isinstance(door, URLPattern)})

handler400 = "ronghe.common.problems.show_bad_request"
handler403 = "ronghe.common.problems.show_forbidden"
handler404 = "ronghe.common.problems.show_not_found"
handler500 = "ronghe.common.problems.show_error"
