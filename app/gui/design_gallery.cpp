// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_gallery.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/gui/design_picture.hpp"
#include "app/gui/style.hpp"
#include "app/gui/thumbnails.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_draft.hpp"

namespace rehearse::gui {
namespace {

// Not within the turn of the event loop that lays out and paints the row before.
constexpr int kApartMs = 4;
constexpr int kTwoColumnsFrom = 1000, kCardWidth = 700, kTopicsShown = 3;

QString topicsLine(const QStringList& topics) {
  QString line = topics.mid(0, kTopicsShown).join(QString::fromUtf8("\u00a0\u00a0· "));
  if (topics.size() > kTopicsShown)
    line += QObject::tr("\u00a0\u00a0· and %1 more").arg(topics.size() - kTopicsShown);
  return line;
}

}  // namespace

DesignGallery::DesignGallery(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_filter(new QLineEdit(this)),
      m_scroll(new QScrollArea(this)),
      m_thumbnails(new Thumbnails(context, this)),
      m_stage(new QTimer(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  m_scroll->setAccessibleName(tr("Designs"));
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setWidgetResizable(true);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->addWidget(m_scroll, 1);
  m_stage->setSingleShot(true);
  connect(m_stage, &QTimer::timeout, this, &DesignGallery::nextRow);
  connect(m_filter, &QLineEdit::textChanged, this, &DesignGallery::fill);
  connect(m_filter, &QLineEdit::returnPressed, this, [this] {
    if (!m_filter->text().isEmpty() && !m_shown.isEmpty()) emit opened(m_shown.first());
  });
  connect(m_thumbnails, &Thumbnails::ready, this, &DesignGallery::showPicture);
  connect(&m_context, &present::AppContext::designsChanged, this, [this] {
    m_older = true;
    if (isVisible()) refresh();
  });
}

QWidget* DesignGallery::makeHead() {
  auto* head = new QWidget(this);
  auto* rows = new QVBoxLayout(head);
  rows->setContentsMargins(24, 24, 24, 12);
  rows->setSpacing(12);
  auto* first = new QHBoxLayout;
  first->addWidget(label(tr("Designs"), "page", head), 1);
  m_filter->setPlaceholderText(tr("Search designs"));
  m_filter->setAccessibleName(tr("Search designs"));
  m_filter->setToolTip(tr("Enter opens the first that is found"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setFixedWidth(280);
  first->addWidget(m_filter);
  rows->addLayout(first);
  rows->addWidget(label(tr("Systems that run over a simulated community site. Because the site is "
                           "simulated, the truth is known: it is the thin ink line in every plot."),
                        "muted", head));
  return head;
}

bool DesignGallery::takeDown() {
  if (!m_body) return false;
  m_stage->stop();
  m_due.clear();
  m_context.setBusy(this, false);
  const QWidget* focus =
      m_body->isAncestorOf(window()->focusWidget()) ? window()->focusWidget() : nullptr;
  const QString id = focus ? focus->objectName().section(':', 1) : m_focusOn;
  m_keepPlace = m_scroll->verticalScrollBar()->value();
  m_pictures.clear();
  m_states.clear();
  m_body = nullptr;
  m_scroll->setWidget(new QWidget);
  m_scroll->viewport()->setUpdatesEnabled(false);
  if (!id.isEmpty()) takeFocus(id);
  return true;
}

// As it was before it was taken down.
void DesignGallery::built() {
  m_context.setBusy(this, false);
  showStates();
  if (m_keepPlace >= 0) m_scroll->verticalScrollBar()->setValue(std::exchange(m_keepPlace, -1));
  m_scroll->viewport()->setUpdatesEnabled(true);
}

void DesignGallery::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (!m_body && isVisible()) fill();
  for (const QString& id : m_shown) showPicture(id);
}

void DesignGallery::showPicture(const QString& id) {
  if (DesignPicture* picture = m_pictures.value(id); picture && m_theme)
    picture->show(m_thumbnails->picture(id, *m_theme), *m_theme);
}

void DesignGallery::pause() { m_thumbnails->pause(); }

int DesignGallery::columns() const {
  return std::max(width() >= kTwoColumnsFrom ? 2 : 1, width() / kCardWidth);
}

void DesignGallery::refresh() {
  if (!m_body || m_older) return fill();
  showStates();
  m_thumbnails->want(m_shown);
}

void DesignGallery::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (m_body && columns() != m_columns) fill();
}

void DesignGallery::fill() {
  const QString focusOn = m_body ? QString() : m_focusOn;
  m_columns = columns();
  m_older = false;
  m_pictures.clear();
  m_shown.clear();
  m_states.clear();
  m_due.clear();
  m_focusOn = focusOn;
  m_body = new QWidget;
  m_grid = new QGridLayout(m_body);
  m_grid->setContentsMargins(24, 0, 24, 24);
  m_grid->setSpacing(12);
  for (int column = 0; column < m_columns; ++column) m_grid->setColumnStretch(column, 1);
  int line = 0;
  for (const present::DesignGroup& group : present::designGroups(m_context, m_filter->text())) {
    QString title = tr("%1 · %2").arg(group.title).arg(group.designs.size());
    for (const present::DesignCard& design : group.designs) m_shown.append(design.id);
    for (qsizetype from = 0; from < group.designs.size(); from += m_columns) {
      m_due.append({line, std::exchange(title, {}), group.designs.mid(from, m_columns)});
      line += m_due.last().title.isEmpty() ? 1 : 2;
    }
  }
  if (m_due.isEmpty())
    m_grid->addWidget(label(m_context.designs().designs().empty()
                                ? tr("No designs were found. Put one into %1, or run `rehearse "
                                     "doctor` to see where they are looked for.")
                                      .arg(m_context.userFolder("designs"))
                                : tr("No design fits. Fewer words find more."),
                            "muted", m_body),
                      line++, 0, 1, m_columns);
  m_grid->setRowStretch(line, 1);
  m_scroll->setWidget(m_body);
  nextRow();
  if (isVisible()) m_thumbnails->want(m_shown);
}

// All cards at once would take half a second, in which the window answers nobody.
void DesignGallery::nextRow() {
  if (m_due.isEmpty()) return built();
  m_context.setBusy(this, true);
  const Row row = m_due.takeFirst();
  int line = row.line;
  if (!row.title.isEmpty()) {
    auto* title = label(row.title, "chapter", m_body);
    title->setContentsMargins(0, line == 0 ? 0 : 12, 0, 0);
    m_grid->addWidget(title, line++, 0, 1, m_columns);
  }
  for (int column = 0; column < row.designs.size(); ++column) {
    const present::DesignCard& design = row.designs[column];
    QWidget* made = card(design);
    m_grid->addWidget(made, line, column);
    made->show();  // polished now, and not in the turn that lays out and paints
    showPicture(design.id);
    if (design.id == m_focusOn && window()->focusWidget() == m_filter) takeFocus(design.id);
  }
  m_stage->start(kApartMs);
}

// What the candidate has reached so far.
void DesignGallery::showStates() {
  const QMap<QString, bool> reached = present::designsTried(m_context);
  for (auto state = m_states.begin(); state != m_states.end(); ++state) {
    const auto tried = reached.find(state.key());
    (*state)->setVisible(tried != reached.end());
    if (tried == reached.end()) continue;
    (*state)->setText(*tried ? tr("✓ goals reached") : tr("tried, goals open"));
    (*state)->setObjectName(*tried ? "ok" : "label");
    (*state)->style()->polish(*state);
  }
}

// All of a card opens its design, as its button does.
bool DesignGallery::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::MouseButtonRelease)
    if (auto* open = watched->findChild<QPushButton*>(); open && open->isEnabled())
      return open->click(), true;
  return QWidget::eventFilter(watched, event);
}

QWidget* DesignGallery::card(const present::DesignCard& design) {
  auto* card = new QWidget(m_body);
  card->setObjectName("card");
  card->installEventFilter(this);
  card->setCursor(Qt::PointingHandCursor);
  card->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(card);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(16);
  auto* picture = new DesignPicture(design.incident, card);
  m_pictures[design.id] = picture;
  row->addWidget(picture, 0, Qt::AlignTop);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(label(design.title, "chapter", card));
  text->addWidget(label(design.error.isEmpty() ? design.asks : design.error,
                        design.error.isEmpty() ? "muted" : "bad", card));
  if (!design.covers.isEmpty()) {
    auto* covers = label(topicsLine(design.covers), "label", card);
    covers->setToolTip(design.covers.join("\n"));
    text->addWidget(covers);
  }
  if (present::isOwnDesign(m_context, design.id))
    text->addWidget(label(tr("yours"), "label", card));
  QLabel* state = m_states[design.id] = label({}, "label", card);
  state->hide();
  text->addWidget(state);
  text->addStretch(1);
  row->addLayout(text, 1);
  auto* open = new QPushButton(design.incident ? tr("Play") : tr("Open"), card);
  open->setObjectName("open:" + design.id);
  open->setAccessibleName(QString("%1 %2").arg(open->text(), design.title));
  // The chapters of an incident are its probes and its debrief.
  if (!design.incident) open->setToolTip(design.chapters.join("\n"));
  // One of the user's own is opened to be mended.
  open->setEnabled(design.error.isEmpty() || present::isOwnDesign(m_context, design.id));
  connect(open, &QPushButton::clicked, this, [this, id = design.id] { emit opened(id); });
  row->addWidget(open, 0, Qt::AlignTop);
  return card;
}

void DesignGallery::takeFocus(const QString& id) {
  m_focusOn = id;
  auto* open = findChild<QPushButton*>("open:" + id);
  if (!open) return m_filter->setFocus(Qt::OtherFocusReason);
  open->setFocus(Qt::OtherFocusReason);
  m_focusOn.clear();
}

}  // namespace rehearse::gui
