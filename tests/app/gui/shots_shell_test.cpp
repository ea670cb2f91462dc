// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of what lies over the pages: the palette, the keys, the strip that takes things back.
// Not a test of its own accord; see shots_test.cpp.
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QTimer>

#include "app/gui/command_palette.hpp"
#include "app/gui/keys_dialog.hpp"
#include "app/gui/undo_strip.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;

namespace {

void shootOver(const QString& theme, QSize size) {
  const auto save = [&](QWidget& widget, const char* name) {
    QCoreApplication::processEvents();
    CHECK(widget.grab().save(QString("%1/%2-%3-%4x%5.png")
                                 .arg(qEnvironmentVariable("REHEARSE_SHOTS"), name, theme)
                                 .arg(size.width())
                                 .arg(size.height())));
  };
  test::ShownWindow shown;
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  shown.show(size.width(), size.height());
  shown.window->setThemeByName(theme);
  REQUIRE(test::settled(*shown.context));
  const auto palette = [&](const char* typed) {
    shown.window->findChild<QAction*>("palette")->trigger();
    auto* over = shown.window->findChild<gui::CommandPalette*>();
    over->findChild<QLineEdit*>()->setText(typed);
    REQUIRE(test::settled(*shown.context));
    return over;
  };
  palette("");
  save(*shown.window, "palette-all");
  shown.window->findChild<gui::CommandPalette*>()->dismiss();
  auto* over = palette("winsum");
  save(*shown.window, "palette");
  over->dismiss();
  palette("qqzz");
  save(*shown.window, "palette-none");
  over->dismiss();
  shown.button("Skip these")->click();
  save(*shown.window, "undo-strip");
  QTimer::singleShot(0, [&] {
    if (auto* dialog = QApplication::activeModalWidget()) save(*dialog, "keys"), dialog->close();
  });
  shown.window->findChild<QAction*>("keys")->trigger();
}

}  // namespace

TEST_CASE("shots: of what lies over the pages", "[.shots]") {
  REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
  for (const char* theme : {"light", "dark"})
    for (const QSize size : {QSize(1024, 640), QSize(1440, 900)}) shootOver(theme, size);
}
