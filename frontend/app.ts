import "htmx.org";
import { startBallots } from "./app/ballots";
import { startDialogs } from "./app/dialogs";
import { startDrafts } from "./app/drafts";
import { startExtras } from "./app/extras";
import { startForms } from "./app/forms";
import { startHelp } from "./app/help";
import { startKeys } from "./app/keys";
import { startLists } from "./app/lists";
import { startMenu } from "./app/menu";
import { startMessages } from "./app/messages";
import { startPhone } from "./app/phone";
import { startSearch } from "./app/search";
import { startSliders } from "./app/sliders";
import { startUploads } from "./app/upload";

/** A session that ended answers with the login page; show it whole instead of inside a fragment. */
function leaveWhenLoggedOut(): void {
  document.addEventListener("htmx:before:response", (event) => {
    const response: Response = (event as CustomEvent).detail.ctx.response.raw;
    const login = document.querySelector<HTMLMetaElement>('meta[name="ronghe-login"]')?.content;
    if (!login || !response.redirected || new URL(response.url).pathname !== login) return;
    event.preventDefault();
    location.assign(`${login}?next=${encodeURIComponent(location.pathname + location.search)}`);
  });
}

startDialogs(); // first: a refused confirmation must stop every later submit handler
startMessages();
startMenu();
startForms();
startUploads();
startDrafts();
startBallots();
startSearch();
startKeys();
startHelp();
startLists();
startExtras();
startSliders();
startPhone();
leaveWhenLoggedOut();
