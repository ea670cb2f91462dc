// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/export.hpp"

#include <qcustomplot.h>

#include <QBuffer>
#include <QFileInfo>
#include <QLayout>
#include <QSvgGenerator>

#include "app/plots/figure_content.hpp"
#include "engine/base/read.hpp"

namespace rehearse::plots {
namespace {

constexpr double kPngScale = 2;

QByteArray svgOf(QCustomPlot& plot, int width, int height, const QString& title) {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(QSize(width, height));
  generator.setViewBox(QRect(0, 0, width, height));
  generator.setTitle(title.toHtmlEscaped());  // it is written as it stands
  QCPPainter painter;
  painter.begin(&generator);
  painter.setMode(QCPPainter::pmVectorized);
  painter.setMode(QCPPainter::pmNoCaching);
  painter.fillRect(QRect(0, 0, width, height), plot.property("surface").value<QColor>());
  plot.toPainter(&painter, width, height);
  painter.end();
  return buffer.data();
}

QByteArray pngOf(QCustomPlot& plot, int width, int height, double scale) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  plot.toPixmap(width, height, scale).save(&buffer, "PNG");
  return bytes;
}

std::unique_ptr<FigureContent> offscreen(const Figure& figure, const Theme& theme, int width,
                                         int height) {
  if (!isPlotKind(figure.kind)) return nullptr;
  std::unique_ptr<FigureContent> content(makeContent(figure.kind, nullptr));
  content->resize(width, height);
  content->setFigure(figure, theme);
  content->resize(width, std::max(height, content->heightWanted()));
  // What is never shown is laid out here, so that legends and titles fit the picture.
  content->layout()->setGeometry(content->rect());
  QCustomPlot& plot = *content->plot();
  plot.setViewport(plot.rect());
  for (const auto phase :
       {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
    plot.plotLayout()->update(phase);
  plot.replot(QCustomPlot::rpImmediateRefresh);
  return content;
}

}  // namespace

Result<void> exportFigure(const Figure& figure, QCustomPlot* plot, const QString& path) {
  const QString ending = QFileInfo(path).suffix().toLower();
  if (ending == "csv") return write_file(path.toStdString(), to_csv(figure.data));
  if (ending != "png" && ending != "svg")
    return fail(Code::invalid_argument, "{}: a figure is saved as .png, .svg or .csv",
                path.toStdString());
  if (!plot)
    return fail(Code::unsupported, "{}: this view is a table, save it as .csv", path.toStdString());
  plot->replot();  // it may never have been seen
  const QByteArray bytes = ending == "svg" ? svgOf(*plot, plot->width(), plot->height(),
                                                   QString::fromStdString(figure.title))
                                           : pngOf(*plot, plot->width(), plot->height(), kPngScale);
  return write_file(path.toStdString(),
                    std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

QByteArray renderSvg(const Figure& figure, const Theme& theme, int width, int height) {
  const auto content = offscreen(figure, theme, width, height);
  return content ? svgOf(*content->plot(), width, content->height(),
                         QString::fromStdString(figure.title))
                 : QByteArray();
}

QByteArray renderPng(const Figure& figure, const Theme& theme, int width, int height,
                     double scale) {
  const auto content = offscreen(figure, theme, width, height);
  return content ? pngOf(*content->plot(), width, content->height(), scale) : QByteArray();
}

// Drawn at twice the size and made smaller, so that markers do not crowd; the words around the axes
// are cut off.
QByteArray renderThumbnail(const Figure& figure, const Theme& theme, int width, int height,
                           double scale) {
  constexpr int kDrawnLarger = 2, kAround = 6;
  Figure bare = figure;
  bare.x_title.clear();
  bare.y_title.clear();
  const auto content = offscreen(bare, theme, kDrawnLarger * width, kDrawnLarger * height);
  if (!content) return {};
  QCustomPlot& plot = *content->plot();
  QRect drawn;
  // The legend goes with its row: an empty one would hold the plot to its own width.
  if (QCPLayoutElement* above = plot.plotLayout()->element(0, 0); above != plot.axisRect()) {
    plot.plotLayout()->remove(above);
    plot.plotLayout()->simplify();
  }
  for (int i = plot.itemCount() - 1; i >= 0; --i)
    if (qobject_cast<QCPItemText*>(plot.item(i))) plot.removeItem(i);
  for (QCPAxisRect* rect : plot.axisRects())
    for (QCPAxis* axis : rect->axes()) axis->setTickLabels(false);
  const QImage whole = plot.toPixmap(kDrawnLarger * width, kDrawnLarger * height, scale).toImage();
  for (const QCPAxisRect* rect : plot.axisRects()) drawn |= rect->rect();
  drawn.adjust(-kAround, -kAround, kAround, kAround);
  const QRect pixels(drawn.topLeft() * scale, drawn.size() * scale);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  whole.copy(pixels & whole.rect())
      .scaled(QSize(width, height) * scale, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
      .save(&buffer, "PNG");
  return bytes;
}

QImage pictureOf(QCustomPlot& plot) {
  plot.replot();  // it may never have been seen
  return plot.toPixmap(plot.width(), plot.height(), kPngScale).toImage();
}

}  // namespace rehearse::plots
