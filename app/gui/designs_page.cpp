// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/designs_page.hpp"

#include <QStackedLayout>

#include "app/gui/compare_view.hpp"
#include "app/gui/design_gallery.hpp"
#include "app/gui/design_view.hpp"
#include "app/gui/sweep_view.hpp"
#include "app/gui/triage_view.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_draft.hpp"

namespace rehearse::gui {

DesignsPage::DesignsPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_stack(new QStackedLayout(this)),
      m_gallery(new DesignGallery(m_context, this)),
      m_view(new DesignView(m_context, this)),
      m_triage(new TriageView(m_context, this)) {
  for (QWidget* part : std::initializer_list<QWidget*>{m_gallery, m_view, m_triage})
    m_stack->addWidget(part);
  connect(m_gallery, &DesignGallery::opened, this, &DesignsPage::openDesign);
  connect(m_triage, &TriageView::closed, this, &DesignsPage::showGallery);
  connect(m_view, &DesignView::closed, this, &DesignsPage::showGallery);
  connect(m_view, &DesignView::fileWanted, this, &DesignsPage::fileWanted);
  connect(m_view, &DesignView::copied, this, &DesignsPage::openDesign);
  connect(m_view, &DesignView::deleteAsked, this, &DesignsPage::deleteDesign);
  connect(m_view, &DesignView::compareAsked, this,
          [this](const QString& design, const std::vector<present::ComparedRun>& runs) {
            if (!m_compare) {
              m_compare = new CompareView(m_context, this);
              if (m_theme) m_compare->setTheme(*m_theme);
              connect(m_compare, &CompareView::closed, this,
                      [this] { m_stack->setCurrentWidget(m_view); });
              m_stack->addWidget(m_compare);
            }
            m_stack->setCurrentWidget(m_compare);
            m_compare->show(design, runs);
          });
  connect(m_view, &DesignView::sweepAsked, this, [this] {
    if (!m_sweep) {
      m_sweep = new SweepView(m_context, m_view->session(), this);
      if (m_theme) m_sweep->setTheme(*m_theme);
      connect(m_sweep, &SweepView::closed, this, [this] { m_stack->setCurrentWidget(m_view); });
      m_stack->addWidget(m_sweep);
    }
    m_stack->setCurrentWidget(m_sweep);
    m_sweep->show();
  });
}

void DesignsPage::openDesign(const QString& id) {
  const trace::DesignEntry* entry = m_context.designs().find(id.toStdString());
  if (!entry) return;
  const QString path = QString::fromStdString(entry->path);
  m_gallery->pause();
  if (entry->incident) {
    m_played = id;
    m_stack->setCurrentWidget(m_triage);
    return m_triage->play(id, path);
  }
  m_played.clear();
  m_stack->setCurrentWidget(m_view);
  m_view->open(id, path);
}

// Back on the list, at the design that was open.
void DesignsPage::showGallery() {
  m_stack->setCurrentWidget(m_gallery);
  m_gallery->refresh();
  m_gallery->takeFocus(m_played.isEmpty() ? m_view->id() : m_played);
}

void DesignsPage::activated() {
  if (m_stack->currentWidget() == m_gallery) m_gallery->refresh();
}

void DesignsPage::hideEvent(QHideEvent* event) {
  m_gallery->pause();
  Page::hideEvent(event);
}

bool DesignsPage::mayClose() {
  m_view->flush();
  return true;
}

bool DesignsPage::beforeSheet() { return m_gallery->takeDown(); }

void DesignsPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  m_gallery->setTheme(theme);
  m_triage->setTheme(theme);
  m_view->setTheme(theme);
  if (m_compare) m_compare->setTheme(theme);
  if (m_sweep) m_sweep->setTheme(theme);
}

void DesignsPage::deleteDesign(const QString& id) {
  if (m_view->id() == id) m_view->flush();
  const auto gone = present::deleteDesign(m_context, id);
  if (!gone) return m_view->showError(QString::fromStdString(gone.error().message));
  m_view->leave();
  showGallery();
  UndoStrip::offer(this, tr("“%1” is deleted").arg(id), [this, token = *gone] {
    const auto back = present::undeleteDesign(m_context, token);
    if (!back) emit status(QString::fromStdString(back.error().message));
  });
}

QString DesignsPage::designTitle() const {
  const present::DesignSession& session = *m_view->session();
  return session.isOpen() ? QString::fromStdString(session.plan().title) : QString();
}

QStringList DesignsPage::sources() const {
  QStringList names;
  const present::DesignSession& session = *m_view->session();
  if (session.isOpen())
    for (const plan::Source& source : session.plan().sources)
      names.append(QString::fromStdString(source.name));
  return names;
}

void DesignsPage::useFile(const QString& source, const QString& path) {
  m_stack->setCurrentWidget(m_view);
  m_view->session()->useFile(source, path);
}

bool DesignsPage::runWhatIsLeft() { return m_view->runWhatIsLeft(); }

void DesignsPage::stepThrough() { m_view->stepThrough(); }

}  // namespace rehearse::gui
