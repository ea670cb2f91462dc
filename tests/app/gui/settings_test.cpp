// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>

#include "app/gui/settings_page.hpp"
#include "app/gui/undo_strip.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;

namespace {

struct OpenSettings {
  test::ShownWindow shown;
  gui::SettingsPage* page = nullptr;
  OpenSettings() {
    shown.show(1024, 640);
    QTest::keyClick(shown.window->windowHandle(), Qt::Key_Comma, Qt::ControlModifier);
    page = shown.window->findChild<gui::SettingsPage*>();
    REQUIRE(page->isVisible());
  }
  template <typename Control>
  Control* control(const char* key) const {
    auto* found = page->findChild<Control*>(key);
    REQUIRE(found);
    return found;
  }
  QString stored(const char* key) const { return present::preferenceValue(*shown.context, key); }
};

}  // namespace

TEST_CASE("settings: every preference has a control with a name") {
  const OpenSettings opened;
  for (const present::Preference& one : present::preferences()) {
    INFO(one.key.toStdString());
    CHECK(opened.control<QWidget>(one.key.toUtf8())->accessibleName() == one.title);
  }
}

TEST_CASE("settings: a theme that is chosen is worn at once") {
  const OpenSettings opened;
  auto* theme = opened.control<QComboBox>("theme");
  theme->setCurrentIndex(theme->findData("dark"));
  CHECK(opened.shown.window->theme().dark);
  theme->setCurrentIndex(theme->findData("light"));
  CHECK_FALSE(opened.shown.window->theme().dark);
}

TEST_CASE("settings: what is changed is kept, and shows what is changed elsewhere") {
  const OpenSettings opened;
  opened.control<QCheckBox>("editor.vim")->setChecked(true);
  opened.control<QSpinBox>("study.new_per_day")->setValue(3);
  CHECK(opened.stored("editor.vim") == "on");
  CHECK(opened.stored("study.new_per_day") == "3");
  opened.shown.context->setSetting("editor.zoom", "5");
  CHECK(opened.control<QSpinBox>("editor.zoom")->value() == 5);
}

TEST_CASE("settings: a reset and a cleared date can be taken back") {
  const OpenSettings opened;
  opened.control<QSpinBox>("editor.zoom")->setValue(7);
  opened.shown.button("Reset to defaults")->click();
  CHECK(opened.stored("editor.zoom") == "0");
  opened.page->findChild<gui::UndoStrip*>()->undo();
  CHECK(opened.stored("editor.zoom") == "7");
  REQUIRE(test::settled(*opened.shown.context));
  opened.shown.context->setSetting("interview_date", "2031-01-02");
  auto* date = opened.control<QWidget>("interview_date");
  for (auto* button : date->findChildren<QAbstractButton*>())
    if (button->text() == "Clear") button->click();
  CHECK(opened.stored("interview_date").isEmpty());
  opened.page->findChild<gui::UndoStrip*>()->undo();
  CHECK(opened.stored("interview_date") == "2031-01-02");
}

TEST_CASE("settings: as the system follows the system's palette") {
  OpenSettings opened;
  opened.shown.context->setSetting("theme", "system");
  const QPalette before = QApplication::palette();
  QPalette dark = before;
  dark.setColor(QPalette::Window, Qt::black);
  QApplication::setPalette(dark);
  QCoreApplication::processEvents();
  CHECK(opened.shown.window->theme().dark);
  QPalette light = before;
  light.setColor(QPalette::Window, Qt::white);
  QApplication::setPalette(light);
  QCoreApplication::processEvents();
  CHECK_FALSE(opened.shown.window->theme().dark);
  QApplication::setPalette(before);
}
