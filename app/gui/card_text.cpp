// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/card_text.hpp"

#include <QFile>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QUrl>
#include <cmath>

#include "app/practice/card_library.hpp"

namespace rehearse::gui {
namespace {

constexpr double kLineHeightPercent = 140, kFormulaPx = 16;
// TeX's unit in the pictures: a thousandth of the type size.
constexpr double kUnitsPerEm = 1000;

bool isCode(const QTextBlock& block) {
  return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
         block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

QSizeF formulaSize(const QSvgRenderer& renderer) {
  const QSizeF box = renderer.viewBoxF().size();
  // A drawing that is not from TeX has its size in pixels.
  const double scale = box.width() > 800 || box.height() > 400 ? kFormulaPx / kUnitsPerEm : 1;
  return {std::max(1.0, std::ceil(box.width() * scale)),
          std::max(1.0, std::ceil(box.height() * scale))};
}

}  // namespace

void typeset(QTextDocument& document, const Theme& theme) {
  QTextCursor cursor(&document);
  cursor.beginEditBlock();
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    cursor.setPosition(block.position());
    cursor.setPosition(block.position() + block.length() - 1, QTextCursor::KeepAnchor);
    QTextBlockFormat lines;
    lines.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
    QTextCharFormat type;
    if (block.blockFormat().headingLevel() > 0) {
      lines.setTopMargin(block.position() == 0 ? 0 : 16);
      lines.setBottomMargin(4);
      type.setFont(plots::textFont(
          block.blockFormat().headingLevel() == 1 ? plots::kPagePx : plots::kChapterPx,
          QFont::DemiBold));
      type.setProperty(QTextFormat::FontSizeAdjustment, 0);
    } else if (isCode(block)) {
      lines.setBackground(theme.sunken);
      lines.setLeftMargin(0);
      lines.setNonBreakableLines(false);  // a long line wraps; nobody scrolls sideways to read
      type.setFont(plots::monoFont(plots::kControlPx));
      type.setForeground(theme.ink);
    } else {
      lines.setBottomMargin(block.textList() ? 4 : 10);
    }
    cursor.mergeBlockFormat(lines);
    if (!type.isEmpty()) cursor.mergeCharFormat(type);
    for (auto it = block.begin(); !it.atEnd() && !isCode(block); ++it) {
      if (!it.fragment().charFormat().fontFixedPitch()) continue;
      QTextCharFormat mono;
      mono.setFontFamilies(plots::monoFont(plots::kControlPx).families());
      mono.setProperty(QTextFormat::FontPixelSize, plots::kControlPx);
      cursor.setPosition(it.fragment().position());
      cursor.setPosition(it.fragment().position() + it.fragment().length(),
                         QTextCursor::KeepAnchor);
      cursor.mergeCharFormat(mono);
    }
  }
  cursor.endEditBlock();
}

CardText::CardText(const practice::CardLibrary& library, QWidget* parent)
    : QTextBrowser(parent), m_library(library), m_theme(&plots::lightTheme()) {
  setOpenLinks(false);
  setTabChangesFocus(true);
  document()->setDocumentMargin(0);
}

void CardText::setBody(const QString& markdown) {
  if (m_markdown == markdown) return;
  m_markdown = markdown;
  redraw();
}

void CardText::setTheme(const Theme& theme) {
  m_theme = &theme;
  redraw();
}

void CardText::setFitting(bool fitting) {
  m_fitting = fitting;
  if (!fitting) return;
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  fit();
}

void CardText::redraw() {
  // Pictures are kept by the document; a new one draws them in the theme's ink.
  document()->clear();
  setMarkdown(m_markdown);
  typeset(*document(), *m_theme);
  moveCursor(QTextCursor::Start);
  // A screen reader meets a picture as one unspoken mark, so the formulas are told beside the text.
  static const QRegularExpression picture(R"(!\[([^\]]*)\]\(formula:)");
  QStringList spoken;
  for (auto it = picture.globalMatch(m_markdown); it.hasNext();)
    spoken.append(it.next().captured(1));
  setAccessibleDescription(spoken.isEmpty() ? QString()
                                            : tr("Formulas: %1").arg(spoken.join("; ")));
  fit();
}

QVariant CardText::loadResource(int type, const QUrl& name) {
  // Cards may come from strangers: nothing but the library's formulas is ever loaded.
  if (type != QTextDocument::ImageResource || name.scheme() != "formula") return {};
  const auto found = m_library.formulas().find(name.path().toStdString());
  QFile file(found == m_library.formulas().end() ? QString()
                                                 : QString::fromStdString(found->second.picture));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray svg = file.readAll();
  svg.replace("currentColor", m_theme->ink.name().toLatin1());
  QSvgRenderer renderer(svg);
  if (!renderer.isValid()) return {};
  const QSizeF size = formulaSize(renderer);
  const double ratio = std::max(2.0, devicePixelRatioF());
  QImage image((size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  renderer.render(&painter, QRectF(QPointF(), size));
  return image;
}

void CardText::resizeEvent(QResizeEvent* event) {
  QTextBrowser::resizeEvent(event);
  fit();
}

void CardText::fit() {
  if (!m_fitting) return;
  document()->setTextWidth(viewport()->width());
  setFixedHeight(static_cast<int>(std::ceil(document()->size().height())) + 2);
}

}  // namespace rehearse::gui
