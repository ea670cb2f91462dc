// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/style.hpp"

#include <QFile>
#include <QLabel>
#include <QPainter>
#include <QSvgRenderer>

#include "app/plots/wrapped_label.hpp"

namespace rehearse::gui {
namespace {

QString substituted(QString sheet, const Theme& t) {
  const QList<QPair<QString, QColor>> tokens = {{"@surface", t.surface},
                                                {"@sunken", t.sunken},
                                                {"@line", t.line},
                                                {"@ink", t.ink},
                                                {"@muted", t.muted},
                                                {"@accent", t.accent},
                                                {"@onAccent", t.onAccent},
                                                {"@okSoft", t.okSoft},
                                                {"@ok", t.ok},
                                                {"@badSoft", t.badSoft},
                                                {"@bad", t.bad},
                                                {"@warn", t.warn},
                                                {"@bg", t.bg}};
  // Longer names first, so that @okSoft is not read as @ok.
  auto sorted = tokens;
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  sheet.replace("@tick", t.dark ? "tick-dark" : "tick-light");
  for (const auto& [name, colour] : sorted) sheet.replace(name, colour.name());
  return sheet;
}

const char* kSheet = R"(
* { color: @ink; }
QDialog, QWidget#window, QScrollArea, QScrollArea > QWidget > QWidget, QStackedWidget, QSplitter { background: @bg; }
QWidget#rail { background: @sunken; border-right: 1px solid @line; }
QWidget#bar { background: @surface; border-bottom: 1px solid @line; }
QWidget#card, QWidget#figure { background: @surface; border: 1px solid @line; border-radius: 12px; }
QWidget#surface { background: @surface; }
QWidget#strip { background: @surface; border: 1px solid @muted; border-radius: 8px; }
QWidget#palette { background: @surface; border: 1px solid @muted; border-radius: 12px; }
QWidget#verdictOk { background: @okSoft; border-radius: 12px; }
QWidget#verdictBad { background: @badSoft; border-radius: 12px; }
QLabel { background: transparent; }
QLabel#muted, QLabel#label { color: @muted; font-size: 13px; }
QLabel#label { font-size: 12px; }
QLabel#page { font-size: 18px; font-weight: 600; }
QLabel#chapter { font-size: 15px; font-weight: 600; }
QLabel#brand { font-size: 17px; font-weight: 700; }
QLabel#mono { font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; font-size: 13px; }
QLabel#clock, QLabel#key { font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; font-size: 21px; font-weight: 600; }
QLabel#clock[low="true"] { color: @warn; }
QLabel#ok { color: @ok; font-weight: 600; }
QLabel#bad { color: @bad; font-weight: 600; }
QLabel#day, QLabel#dayDone { font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; font-size: 12px; border-radius: 8px; }
QLabel#day { background: @sunken; color: @muted; }
QLabel#dayDone { background: @accent; color: @onAccent; font-weight: 600; }
QLabel#chip { background: @sunken; color: @muted; border-radius: 10px; padding: 3px 10px; font-size: 12px; }
QPushButton, QToolButton { background: @surface; border: 1px solid @line; border-radius: 8px; padding: 6px 14px; font-size: 13px; }
QPushButton#menu { padding-right: 26px; }
QPushButton::menu-indicator { image: url(:/icons/down.svg); width: 14px; height: 14px; subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }
QPushButton:hover, QToolButton:hover { border-color: @muted; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:disabled, QToolButton:disabled { color: @muted; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @sunken; }
QPushButton#primary { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton#primary:disabled { background: @sunken; color: @muted; border-color: @line; }
QPushButton#primary:focus { border: 2px solid @ink; padding: 5px 13px; }
QPushButton#probe { text-align: left; }
QPlainTextEdit#field { background: @surface; border: 1px solid @line; border-radius: 8px; padding: 6px 8px; }
QPlainTextEdit#field:focus { border-color: @accent; }
QPushButton#segment { border-radius: 0; margin-left: -1px; }
QPushButton#segment:checked { background: @sunken; color: @accent; font-weight: 600; }
QToolButton#rail { background: transparent; border: 1px solid transparent; text-align: left; padding: 8px 10px; font-size: 14px; color: @muted; }
QToolButton#rail:hover { color: @ink; }
QToolButton#rail:checked { background: @surface; border-color: @line; color: @ink; font-weight: 600; }
QToolButton#rail:focus { border-color: @accent; }
QWidget#figure QToolButton { padding: 3px 8px; font-size: 12px; color: @muted; border-color: transparent; background: transparent; }
QWidget#figure QToolButton:hover, QWidget#figure QToolButton:focus { border-color: @line; color: @ink; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QComboBox, QSpinBox, QDateEdit { background: @surface; border: 1px solid @line; border-radius: 8px; padding: 6px 10px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(:/icons/down.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @line; selection-background-color: @sunken; selection-color: @ink; }
QTextBrowser, QTextEdit, QPlainTextEdit { background: transparent; border: none; selection-background-color: @accent; selection-color: @onAccent; }
QTableView, QTreeView, QListView { background: @surface; border: none; alternate-background-color: @bg; selection-background-color: @sunken; selection-color: @ink; outline: none; }
QTableView::item, QListView::item { padding: 4px 8px; border-bottom: 1px solid @line; }
QTableView::item:focus, QListView::item:focus { border: 1px solid @accent; padding: 3px 7px 4px 7px; }
QListView::indicator { width: 16px; height: 16px; border: 1px solid @muted; border-radius: 4px; background: @surface; }
QListView::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@tick.svg); }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line; padding: 6px 11px; font-size: 12px; text-align: left; }
QSlider { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; background: @line; border-radius: 2px; margin: 0; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -7px 0; border-radius: 9px; background: @bg; border: 2px solid @accent; }
QSlider::handle:horizontal:focus { background: @accent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @muted; border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@tick.svg); }
QCheckBox:focus { color: @accent; }
QProgressBar { background: @sunken; border: none; border-radius: 3px; height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollBar:vertical { width: 10px; background: transparent; }
QScrollBar:horizontal { height: 10px; background: transparent; }
QScrollBar::handle { background: @line; border-radius: 5px; min-height: 28px; min-width: 28px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMenu { background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 20px; border-radius: 4px; }
QMenu::item:selected { background: @sunken; }
QToolTip { background: @surface; color: @ink; border: 1px solid @line; padding: 6px; font-size: 12px; }
QTabBar::tab { background: transparent; color: @muted; padding: 8px 12px; border: none; font-size: 13px; }
QTabBar::tab:selected { color: @ink; font-weight: 600; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: none; }
)";

}  // namespace

QString styleSheet(const Theme& theme) { return substituted(kSheet, theme); }

QIcon icon(const QString& name, const QColor& colour) {
  QFile file(":/icons/" + name + ".svg");
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray svg = file.readAll();
  svg.replace("#000000", colour.name().toLatin1());
  QSvgRenderer renderer(svg);
  QIcon icon;
  for (int side : {20, 40, 60}) {
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    icon.addPixmap(pixmap);
  }
  return icon;
}

QLabel* label(const QString& text, const char* name, QWidget* parent) {
  auto* made = new plots::WrappedLabel(text, parent);
  made->setObjectName(name);
  made->setTextFormat(Qt::PlainText);
  return made;
}

QLabel* selectableLabel(const QString& text, const char* name, QWidget* parent) {
  QLabel* made = label(text, name, parent);
  made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return made;
}

QLabel* captionOf(const QString& text, QWidget* field, QWidget* parent) {
  auto* made = new QLabel(text, parent);
  made->setObjectName("label");
  made->setBuddy(field);
  return made;
}

}  // namespace rehearse::gui
