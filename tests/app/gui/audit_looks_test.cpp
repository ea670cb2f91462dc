// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of every page, whoever builds it: text that can be read, a way by Tab to
// everything, sharp at twice the pixels.
#include <Qsci/qscilexer.h>

#include <QAbstractSpinBox>
#include <QApplication>
#include <QButtonGroup>
#include <QHash>
#include <QImage>
#include <QProcess>
#include <set>

#include "app/gui/code_editor.hpp"
#include "tests/app/gui/audited_pages.hpp"

using namespace rehearse;
using test::described;

namespace {

// The colour that most of the widget shows: what its text stands on.
QColor groundOf(const QImage& window, const QRect& area) {
  QHash<QRgb, int> counts;
  const QRect seen = area & window.rect();
  for (int y = seen.top(); y <= seen.bottom(); ++y)
    for (int x = seen.left(); x <= seen.right(); ++x) ++counts[window.pixel(x, y)];
  QRgb most = 0;
  int times = 0;
  for (auto it = counts.begin(); it != counts.end(); ++it)
    if (it.value() > times) most = it.key(), times = it.value();
  return QColor(most);
}

void checkContrast(const test::AuditedWindow& audited, const QImage& picture, const QWidget* widget,
                   const QString& text) {
  const QRect area(widget->mapTo(audited.window.get(), QPoint()), widget->size());
  if (text.isEmpty() || widget->visibleRegion().isEmpty() || !picture.rect().contains(area)) return;
  if (!widget->isEnabled()) return;  // what cannot be used may be faint
  const QColor ink = widget->palette().color(widget->foregroundRole()),
               ground = groundOf(picture, area);
  INFO(described(widget) << ": " << ink.name().toStdString() << " on "
                         << ground.name().toStdString());
  CHECK(plots::contrastRatio(ink, ground) >= 4.5);
}

bool takesTab(const QWidget* widget) {
  if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus))
    return false;
  if (widget->visibleRegion().isEmpty() && widget->size().isEmpty()) return false;
  return widget->focusProxy() == nullptr;
}

// Where Tab leads from here, or Shift+Tab; in the editor Tab types a tab, and F6 leaves.
QWidget* byTab(const test::AuditedWindow& audited, Qt::KeyboardModifiers modifiers) {
  const bool typing = qobject_cast<gui::CodeEditor*>(QApplication::focusWidget());
  QTest::keyClick(audited.window->windowHandle(), typing ? Qt::Key_F6 : Qt::Key_Tab, modifiers);
  return QApplication::focusWidget();
}

// Once around, or until one does not let go. A date has three parts to go through.
std::set<const QWidget*> around(const test::AuditedWindow& audited,
                                Qt::KeyboardModifiers modifiers) {
  std::set<const QWidget*> reached;
  const QWidget* last = nullptr;
  int times = 0;
  for (const QWidget* at = byTab(audited, modifiers); at;
       last = at, at = byTab(audited, modifiers)) {
    times = at == last ? times + 1 : 0;
    if (times > 3 || (!reached.insert(at).second && at != last)) break;
  }
  return reached;
}

}  // namespace

TEST_CASE("audit: every word in sight has a contrast of 4.5 to 1, in both themes") {
  test::AuditedWindow audited;
  for (const char* theme : {"light", "dark"}) {
    audited.window->setThemeByName(theme);
    for (const char* name : test::auditedPages()) {
      audited.open(name);
      INFO(theme << " " << name);
      const QImage picture = audited.window->grab().toImage();
      for (const auto* label : audited.seen<QLabel>())
        checkContrast(audited, picture, label, label->text());
      for (const auto* button : audited.seen<QAbstractButton>())
        checkContrast(audited, picture, button, button->text());
    }
  }
}

TEST_CASE("audit: every style of the editor has a contrast of 4.5 to 1, in both themes") {
  test::AuditedWindow audited;
  audited.open("drill:add-two");
  auto* editor = audited.window->findChild<gui::CodeEditor*>();
  for (const char* theme : {"light", "dark"}) {
    audited.window->setThemeByName(theme);
    for (const char* language : {"lua", "python", "cpp"}) {
      editor->setLanguage(language);
      QCoreApplication::processEvents();
      const QsciLexer* lexer = editor->lexer();
      REQUIRE(lexer);
      for (int style = 0; style < 128; ++style) {
        if (lexer->description(style).isEmpty()) continue;
        INFO(theme << " " << language << " " << lexer->description(style).toStdString());
        CHECK(plots::contrastRatio(lexer->color(style), lexer->paper(style)) >= 4.5);
      }
    }
  }
}

TEST_CASE("audit: Tab reaches everything that takes it") {
  test::AuditedWindow audited(1024, 640);
  for (const char* name : test::auditedPages()) {
    audited.open(name);
    if (!QApplication::focusWidget()) audited.page()->setFocus();
    std::set<const QWidget*> reached = around(audited, Qt::NoModifier);
    // The editor is left to where one goes after typing; what stands before that is behind it.
    reached.merge(around(audited, Qt::ShiftModifier));
    for (const QWidget* widget : audited.seen<QWidget>()) {
      if (!takesTab(widget)) continue;
      if (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) continue;  // a part of it
      // Of buttons that exclude each other, the arrows reach the others.
      const auto* button = qobject_cast<const QAbstractButton*>(widget);
      if (button && button->autoExclusive() && !button->isChecked()) continue;
      if (button && button->group() && button->group()->exclusive() && !button->isChecked())
        continue;
      INFO(name << ": " << described(widget));
      CHECK(reached.count(widget) == 1);
    }
  }
}

TEST_CASE("audit: at two pixels a pixel the window draws twice as many") {
  const test::Product product;
  const QString picture = product.path("shot.png");
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("QT_SCALE_FACTOR", "2");
  environment.insert("QT_QPA_PLATFORM", "offscreen");
  process.setProcessEnvironment(environment);
  process.start(
      QCoreApplication::applicationDirPath() + "/rehearse-desktop",
      {"--home", product.home(), "--page", "settings", "--size", "1024x640", "--shot", picture});
  REQUIRE(process.waitForFinished(60000));
  CHECK(process.exitCode() == 0);
  CHECK(QImage(picture).size() == QSize(2048, 1280));
}
