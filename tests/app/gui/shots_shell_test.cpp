// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of the pages a newcomer and somebody after twelve evenings sees, and of what lies over
// them: the palette, the keys, the strip that takes things back.
#include <QApplication>
#include <QLineEdit>
#include <QTimer>

#include "app/gui/command_palette.hpp"
#include "app/gui/history_trouble_dialog.hpp"
#include "tests/app/gui/camera.hpp"
#include "tests/app/gui/used_home.hpp"

using namespace rehearse;
using rehearse::test::Camera;

namespace {

void shootPalette(Camera& camera) {
  const auto palette = [&camera](const char* typed) {
    camera.trigger("palette");
    camera.part<gui::CommandPalette>().findChild<QLineEdit*>()->setText(typed);
    REQUIRE(test::settled(camera.context()));
  };
  palette("");
  camera.shoot("palette");
  camera.part<gui::CommandPalette>().dismiss();
  palette("calib");
  camera.shoot("palette-typed");
  camera.part<gui::CommandPalette>().dismiss();
  palette("qqzz");
  camera.shoot("palette-nothing");
  camera.part<gui::CommandPalette>().dismiss();
}

void shootNewcomer(const test::Look& look) {
  Camera camera(look);
  camera.shoot("today-new");
  camera.open("progress");
  camera.shoot("progress-empty");
  camera.open("today");
  camera.press("Skip these");
  camera.shoot("today-undo");
  shootPalette(camera);
  QTimer::singleShot(0, [&camera] {
    auto* dialog = QApplication::activeModalWidget();
    REQUIRE(dialog);
    camera.shoot(*dialog, "keys");
    dialog->close();
  });
  camera.trigger("keys");
}

void shootPages(const test::Look& look) {
  Camera camera(look, test::useHome);
  for (const char* page :
       {"today", "drills", "designs", "study", "progress", "files", "settings"}) {
    camera.open(page);
    if (QLatin1String(page) == "designs") camera.awaitThumbnails();
    camera.shoot(page);
  }
}

// In place of a window.
void shootTrouble(const test::Look& look) {
  Camera camera(look);
  gui::HistoryTroubleDialog dialog(
      {.message = "~/.local/share/rehearse/rehearse.db is damaged or not a Rehearse "
                  "database (it does not begin as one); `rehearse backup --restore "
                  "~/.local/share/rehearse/backups/rehearse-20261127T190102Z.db` puts the "
                  "newest backup in its place",
       .folder = "~/.local/share/rehearse",
       .history = "~/.local/share/rehearse/rehearse.db",
       .backup = "~/.local/share/rehearse/backups/rehearse-20261127T190102Z.db",
       .advice = "A backup of 27 Nov 2026, 19:01 is sound. Restoring it keeps the damaged file "
                 "beside it; what came after the backup is not in it."},
      camera.window().theme());
  dialog.show();
  camera.shoot(dialog, "trouble");
}

}  // namespace

TEST_CASE("shots: of an empty home, and of what lies over the pages", "[.shots]") {
  for (const test::Look& look : test::looks()) {
    shootNewcomer(look);
    shootTrouble(look);
  }
}

TEST_CASE("shots: of every page after twelve evenings", "[.shots][pages]") {
  for (const test::Look& look : test::looks()) shootPages(look);
}
