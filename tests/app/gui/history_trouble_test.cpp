// SPDX-License-Identifier: GPL-3.0-or-later
//
// A history that cannot be opened: said, and mended from a backup.
#include <QLabel>
#include <QPushButton>

#include "app/gui/history_trouble_dialog.hpp"
#include "app/practice/backups.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;

namespace {

QPushButton* seenButton(const gui::HistoryTroubleDialog& dialog, const QString& text) {
  for (auto* button : dialog.findChildren<QPushButton*>())
    if (button->text() == text && button->isVisible()) return button;
  return nullptr;
}

}  // namespace

TEST_CASE("trouble: a damaged history is restored from the newest sound backup") {
  const test::Product product;
  std::string file, backups;
  {
    const auto context = product.open();
    file = context->home().database();
    backups = practice::backups_folder(context->home().data);
    context->setSetting("interview_date", "2027-01-02");
    REQUIRE(practice::back_up(context->database(), backups, 1'000'000));
  }
  test::writeFile(QString::fromStdString(backups + "/rehearse-20300101T000000Z.db"), "torn");
  test::writeFile(QString::fromStdString(file), "torn too");
  const std::string home = product.home().toStdString();
  const auto refused = present::AppContext::open(home);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("rehearse backup --restore " + backups) != std::string::npos);
  gui::HistoryTroubleDialog dialog(present::troubleWith(refused.error(), home),
                                   plots::lightTheme());
  dialog.show();
  auto* restore = seenButton(dialog, "Restore the backup");
  REQUIRE(restore);
  CHECK(seenButton(dialog, "Open the folder"));
  restore->click();
  CHECK_FALSE(restore->isVisible());
  REQUIRE(seenButton(dialog, "Go on"));
  seenButton(dialog, "Go on")->click();
  CHECK(dialog.result() == QDialog::Accepted);
  const auto mended = product.open();
  CHECK(mended->setting("interview_date", {}) == "2027-01-02");
}

TEST_CASE("trouble: what no backup helps against is tried again or left") {
  const test::Product product;
  const auto trouble =
      present::troubleWith({Code::io, "in use by another program"}, product.home().toStdString());
  CHECK(trouble.backup.isEmpty());
  gui::HistoryTroubleDialog dialog(trouble, plots::darkTheme());
  dialog.show();
  CHECK_FALSE(seenButton(dialog, "Restore the backup"));
  CHECK(seenButton(dialog, "Try again")->isDefault());
  seenButton(dialog, "Leave")->click();
  CHECK(dialog.result() == QDialog::Rejected);
}
