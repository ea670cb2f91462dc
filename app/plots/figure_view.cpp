// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_view.hpp"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QRegularExpression>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/plots/axes_plot.hpp"
#include "app/plots/export.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/frame_model.hpp"
#include "app/plots/number_text.hpp"
#include "app/plots/plain_table.hpp"
#include "app/plots/wrapped_label.hpp"
#include "engine/base/read.hpp"

namespace rehearse::plots {
namespace {

QToolButton* toolButton(const QString& text, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(tip);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

}  // namespace

// Dims what lies under it. A graphics effect would draw all of that anew into a picture, and lay
// the window out for it, whenever it is put on.
class FigureView::Veil : public QWidget {
 public:
  explicit Veil(QWidget* over) : QWidget(over) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    over->installEventFilter(this);
    hide();
  }
  void setColour(QColor colour) {
    constexpr double kDimmed = 0.45;
    colour.setAlphaF(kDimmed);
    m_colour = colour;
    update();
  }

 protected:
  // Its size is fixed, so that no layout is asked about it.
  bool eventFilter(QObject* over, QEvent* event) override {
    if (event->type() == QEvent::Resize && !isHidden())
      setFixedSize(static_cast<QWidget*>(over)->size());
    return false;
  }
  void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), m_colour); }

 private:
  QColor m_colour;
};

FigureView::FigureView(QWidget* parent)
    : QWidget(parent),
      m_title(new WrappedLabel(this)),
      m_see(new WrappedLabel(this)),
      m_tableButton(toolButton(tr("Table"), tr("The data behind the plot (T)"), this)),
      m_exportButton(
          toolButton(tr("Export"), tr("Copy (Ctrl+C), or save as PNG, SVG or CSV"), this)),
      m_resetButton(
          toolButton(tr("Reset zoom"), tr("Show everything again (0, or double click)"), this)),
      m_holder(new QWidget(this)),
      m_stack(new QStackedLayout(m_holder)),
      m_veil(new Veil(m_holder)) {
  setObjectName("figure");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 12, 20, 16);
  layout->setSpacing(8);
  auto* top = new QHBoxLayout;
  top->addWidget(m_title, 1);
  for (QToolButton* button : {m_resetButton, m_tableButton, m_exportButton}) top->addWidget(button);
  m_title->setFont(textFont(kTextPx, QFont::DemiBold));
  m_see->setFont(textFont(kControlPx));
  m_see->setObjectName("muted");
  layout->addLayout(top);
  layout->addWidget(m_holder, 1);
  layout->addWidget(m_see);

  m_tableButton->setCheckable(true);
  m_tableButton->setShortcut(QKeySequence());
  connect(m_tableButton, &QToolButton::toggled, this, &FigureView::setTableShown);
  connect(m_resetButton, &QToolButton::clicked, this, [this] {
    if (!m_content) return;
    m_tableButton->setFocus();  // this one goes
    m_content->resetZoom();
  });
  m_resetButton->hide();
  auto* menu = new QMenu(m_exportButton);
  auto* copy = menu->addAction(tr("Copy"), this, &FigureView::copy);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(copy);
  for (const char* ending : {"png", "svg", "csv"})
    menu->addAction(tr("Save as %1…").arg(QString(ending).toUpper()), this,
                    [this, ending] { askExport(ending); });
  m_exportButton->setMenu(menu);
  m_exportButton->setPopupMode(QToolButton::InstantPopup);
  auto* tableKey = new QAction(tr("Show the table behind the plot"), this);
  tableKey->setShortcut(QKeySequence(Qt::Key_T));
  tableKey->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(tableKey, &QAction::triggered, m_tableButton, &QToolButton::toggle);
  addAction(tableKey);
}

void FigureView::setFigure(const Figure& figure, const Theme& theme) {
  if (!m_content || m_kind != figure.kind) {
    if (m_content) m_content->deleteLater();
    m_content = makeContent(figure.kind, this);
    m_kind = figure.kind;
    connect(m_content, &FigureContent::zoomChanged, this,
            [this] { m_resetButton->setVisible(m_content->zoomed()); });
    m_stack->addWidget(m_content);
    if (!m_tableButton->isChecked()) m_stack->setCurrentWidget(m_content);
  }
  m_figure = figure;
  m_veil->setColour(theme.surface);
  m_tableButton->setVisible(figure.kind != "table");
  m_resetButton->setVisible(m_content->zoomed());
  m_title->setText(plainWords(figure.title));
  const QString see = plainWords(figure.see);
  m_see->setText(see.isEmpty() ? QString() : tr("What to see: %1").arg(see));
  m_see->setVisible(!figure.see.empty());
  m_content->setFigure(figure, theme);
  fitHeight();
  fillTable();
  setAccessibleName(m_title->text());
  setAccessibleDescription(tr("%1. Press T for the data as a table.").arg(see));
}

// The table of a figure is made when it is first asked for: most never are.
void FigureView::makeTable() {
  m_table = new QTableView(this);
  m_model = new FrameModel(this);
  m_table->setModel(m_model);
  makePlain(*m_table, 28);
  m_stack->addWidget(m_table);
}

void FigureView::fillTable() {
  if (!m_table) return;
  m_model->setFrame(m_figure.data, cellDigits(m_figure));
  if (m_tableButton->isChecked()) fitColumns(*m_table);
  m_table->setAccessibleName(tr("Data of %1").arg(QString::fromStdString(m_figure.title)));
}

void FigureView::setContentHeight(int least) {
  m_leastHeight = least;
  fitHeight();
}

void FigureView::fitHeight() {
  m_holder->setMinimumHeight(std::max(m_leastHeight, m_content ? m_content->heightWanted() : 0));
}

void FigureView::setTableShown(bool shown) {
  m_tableButton->setChecked(shown);
  if (shown && !m_table) makeTable();
  if (shown) fillTable();
  if (m_content) m_stack->setCurrentWidget(shown ? static_cast<QWidget*>(m_table) : m_content);
}

void FigureView::setStale(bool stale) {
  if (!stale || !m_content) return m_veil->hide();
  m_veil->setFixedSize(m_holder->size());
  m_veil->raise();
  m_veil->show();
}

void FigureView::shareAxes(FigureView& other) {
  auto* mine = dynamic_cast<AxesPlot*>(m_content);
  auto* theirs = dynamic_cast<AxesPlot*>(other.m_content);
  if (mine && theirs) mine->shareRanges(*theirs);
}

void FigureView::copy() {
  if (m_content && m_content->plot() && !m_tableButton->isChecked())
    return QGuiApplication::clipboard()->setImage(pictureOf(*m_content->plot()));
  QGuiApplication::clipboard()->setText(QString::fromStdString(to_csv(m_figure.data)));
}

Result<void> FigureView::exportTo(const QString& path) const {
  return exportFigure(m_figure, m_content ? m_content->plot() : nullptr, path);
}

void FigureView::askExport(const char* ending) {
  QString name = QString::fromStdString(m_figure.title)
                     .toLower()
                     .replace(QRegularExpression("[^a-z0-9]+"), "-");
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Save the figure"), name + "." + ending, QString("*.%1").arg(ending));
  if (path.isEmpty()) return;
  const auto written = exportTo(path);
  if (written)
    emit exported(path);
  else
    emit exportFailed(QString::fromStdString(written.error().message));
}

}  // namespace rehearse::plots
