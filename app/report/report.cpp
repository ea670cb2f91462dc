// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report.hpp"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QFileInfo>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>

#include "app/plots/export.hpp"
#include "app/plots/figure_content.hpp"
#include "engine/base/read.hpp"

namespace rehearse::report {
namespace {

constexpr int kPlotWidth = 760, kPlotHeight = 420;

std::string_view viewOf(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

const Figure* firstPlot(const Document& document) {
  for (const auto& block : document.blocks)
    if (const auto* figure = std::get_if<Figure>(&block); figure && plots::isPlotKind(figure->kind))
      return figure;
  return nullptr;
}

int pageOf(const QTextDocument& text, const QTextBlock& block) {
  double top = text.documentLayout()->blockBoundingRect(block).top();
  if (block.layout()->lineCount() > 0) top += block.layout()->lineAt(0).y();
  return static_cast<int>(top / text.pageSize().height());
}

// The first title that ends a page, while what it is the title of begins the next.
QTextBlock titleLeftBehind(const QTextDocument& text) {
  for (QTextBlock block = text.begin(); block.isValid(); block = block.next())
    if (block.blockFormat().headingLevel() > 0 && block.next().isValid() &&
        pageOf(text, block) != pageOf(text, block.next()))
      return block;
  return {};
}

// Each goes over to that page. A title that is moved moves what is below it, and may leave the
// title above it behind.
void keepTitles(QTextDocument& text) {
  const auto startPage = [](const QTextBlock& block, bool start) {
    QTextBlockFormat format = block.blockFormat();
    format.setPageBreakPolicy(start ? QTextFormat::PageBreak_AlwaysBefore
                                    : QTextFormat::PageBreak_Auto);
    QTextCursor(block).setBlockFormat(format);
  };
  constexpr int kMostTitles = 100;
  for (int moved = 0; moved < kMostTitles; ++moved) {
    const QTextBlock title = titleLeftBehind(text);
    if (!title.isValid()) return;
    startPage(title, true);
    if (title.next().blockFormat().headingLevel() > 0) startPage(title.next(), false);
    const QSizeF size = text.pageSize();
    text.setPageSize({size.width(), size.height() + 1});  // laid out anew, from the top
    text.setPageSize(size);
  }
}

// QTextDocument reads no SVG: each plot is replaced by its PNG.
QByteArray toPdf(const Document& document) {
  QString html = toHtml(document, Medium::paper);
  QTextDocument text;
  int number = 0;
  static const QRegularExpression svg("<svg.*?</svg>",
                                      QRegularExpression::DotMatchesEverythingOption);
  for (const auto& block : document.blocks) {
    const auto* figure = std::get_if<Figure>(&block);
    if (!figure || !plots::isPlotKind(figure->kind)) continue;
    const QString name = QString("plot%1").arg(number++);
    const QByteArray png =
        plots::renderPng(*figure, plots::lightTheme(), kPlotWidth, kPlotHeight, 2);
    text.addResource(QTextDocument::ImageResource, QUrl(name), QImage::fromData(png, "PNG"));
    const auto match = svg.match(html);
    html.replace(match.capturedStart(), match.capturedLength(),
                 QString("<img src=\"%1\" width=\"480\">").arg(name));
  }
  text.setDefaultFont(plots::textFont(11));
  text.setHtml(html);
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout::Millimeter);
  writer.setTitle(QString::fromStdString(document.title));
  writer.setCreator("Rehearse");
  text.setPageSize(QSizeF(writer.pageLayout().paintRectPoints().size()));
  keepTitles(text);
  text.print(&writer);
  return buffer.data();
}

}  // namespace

Result<void> writeReport(const Document& document, const QString& path) {
  const QString ending = QFileInfo(path).suffix().toLower();
  if (ending == "html" || ending == "htm")
    return write_file(path.toStdString(), toHtml(document).toStdString());
  if (ending == "pdf") return write_file(path.toStdString(), viewOf(toPdf(document)));
  if (ending != "png" && ending != "svg")
    return fail(Code::invalid_argument,
                "{}: a report is written as .html or .pdf, a plot as .png or .svg",
                path.toStdString());
  const Figure* figure = firstPlot(document);
  if (!figure)
    return fail(Code::unsupported, "{}: there is no plot in this result; write .html or .pdf",
                path.toStdString());
  const QByteArray bytes =
      ending == "svg" ? plots::renderSvg(*figure, plots::lightTheme(), kPlotWidth, kPlotHeight)
                      : plots::renderPng(*figure, plots::lightTheme(), kPlotWidth, kPlotHeight, 2);
  return write_file(path.toStdString(), viewOf(bytes));
}

}  // namespace rehearse::report
