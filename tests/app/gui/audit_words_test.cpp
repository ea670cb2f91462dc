// SPDX-License-Identifier: GPL-3.0-or-later
//
// A language that nobody speaks: every translated text in marks, and longer by two fifths. What a
// page shows without marks was not given to tr(); what no longer fits would not fit in German.
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QToolButton>
#include <QTranslator>

#include "app/analysis/analysis.hpp"
#include "tests/app/gui/audited_pages.hpp"

using namespace rehearse;
using test::described;

namespace {

class PseudoLocale : public QTranslator {
 public:
  PseudoLocale() { QCoreApplication::installTranslator(this); }
  ~PseudoLocale() override { QCoreApplication::removeTranslator(this); }

  bool isEmpty() const override { return false; }
  QString translate(const char*, const char* source, const char*, int) const override {
    const QString text = QString::fromUtf8(source);
    if (text.trimmed().isEmpty()) return text;
    return QStringLiteral("⟦") + text + QString(text.size() * 2 / 5, QChar(0x00B7)) +
           QStringLiteral("⟧");
  }
};

// Everything that the drills, designs and cards of the product say, and the rooms without Qt.
QString dataOf(const test::Product& product) {
  QString all;
  for (const analysis::Analysis& one : analysis::all())
    all += QString::fromStdString(one.asks) + "\n";
  for (int day = 1; day <= 7; ++day)
    all += QLocale(QLocale::English).dayName(day, QLocale::ShortFormat) + "\n";
  QDirIterator files(product.path("product"), QDir::Files, QDirIterator::Subdirectories);
  while (files.hasNext()) {
    QFile file(files.next());
    if (file.open(QIODevice::ReadOnly)) all += QString::fromUtf8(file.readAll()) + "\n";
  }
  return all.replace('-', ' ').toLower();
}

// Without letters there is nothing to translate; names of keys are the same everywhere here.
bool isData(const QString& text, const QString& data) {
  static const QRegularExpression letters("\\p{L}{2,}");
  if (!text.contains(letters)) return true;
  static const QStringList names = {"Lua", "Python", "C++", "PNG", "SVG", "CSV"};
  if (names.contains(text)) return true;
  QString plain =
      Qt::mightBeRichText(text) ? QTextDocumentFragment::fromHtml(text).toPlainText() : text;
  plain.remove(QChar(0x2022));  // of a list
  return data.contains(plain.replace('-', ' ').toLower().trimmed());
}

struct Words {
  const test::AuditedWindow& audited;
  QString data;

  void check(const QWidget* widget, const QString& text) const {
    if (isData(text, data)) return;
    INFO(described(widget) << ": " << text.toStdString());
    CHECK(text.contains(QStringLiteral("⟦")));
  }
  void checkPage() const {
    for (const auto* label : audited.seen<QLabel>())
      if (!qobject_cast<const QLineEdit*>(label->parentWidget())) check(label, label->text());
    for (const auto* button : audited.seen<QAbstractButton>()) {
      check(button, button->text());
      check(button, button->toolTip());
      check(button, button->accessibleName());
    }
    for (const auto* field : audited.seen<QLineEdit>()) check(field, field->placeholderText());
    for (const QWidget* widget : audited.seen<QWidget>())
      for (const QAction* action : widget->actions())
        if (!qobject_cast<const QLineEdit*>(widget)) check(widget, action->text());
  }
};

bool mayBeCut(const QWidget* widget) {
  // What elides says so by taking any width.
  return widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored;
}

void checkFits(const test::AuditedWindow& audited) {
  for (const auto* button : audited.seen<QAbstractButton>()) {
    if (mayBeCut(button) || button->text().isEmpty()) continue;
    INFO(described(button) << " " << button->width() << " of " << button->sizeHint().width());
    CHECK(button->width() >= button->sizeHint().width());
  }
  for (const auto* label : audited.seen<QLabel>()) {
    if (mayBeCut(label) || label->text().isEmpty() || !label->pixmap().isNull()) continue;
    INFO(described(label) << " " << label->width() << "x" << label->height());
    if (label->wordWrap())
      CHECK(label->height() >= label->heightForWidth(label->width()));
    else
      CHECK(label->width() >= label->sizeHint().width());
  }
}

}  // namespace

TEST_CASE("audit: every word of the window that is not data can be translated") {
  const PseudoLocale pseudo;
  test::AuditedWindow audited(1440, 900);
  const Words words{audited, dataOf(audited.product)};
  for (const char* name : test::auditedPages()) {
    audited.open(name);
    INFO(name);
    words.checkPage();
  }
}

TEST_CASE("audit: nothing is cut at 1024 by 640, nor when every word is two fifths longer") {
  const std::unique_ptr<PseudoLocale> pseudo(GENERATE(false, true) ? new PseudoLocale : nullptr);
  test::AuditedWindow audited(1024, 640);
  for (const char* name : test::auditedPages()) {
    audited.open(name);
    INFO((pseudo ? "longer, " : "as they are, ") << name);
    CHECK(audited.window->width() == 1024);
    checkFits(audited);
  }
}
