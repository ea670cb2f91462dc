// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_actions.hpp"

#include <QWidget>

#include "app/present/design_pins.hpp"
#include "app/present/design_session.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::gui {

DesignActions::DesignActions(QWidget* view)
    : QObject(view),
      back(make(view, "design.back", tr("Stop the run, or go back to all designs"), "Esc")),
      run(make(view, "design.run", tr("Run with the knobs you see"), "Ctrl+R")),
      repeat(make(view, "design.repeat", tr("Repeat the experiment many times"), "Ctrl+Shift+R")),
      pin(make(view, "design.pin", tr("Pin this run"), "Ctrl+P")),
      compare(make(view, "design.compare", tr("Compare two runs"), "Ctrl+D")),
      sweep(make(view, "design.sweep", tr("Sweep a knob"), "Ctrl+G")),
      edit(make(view, "design.edit", tr("Edit a copy of the script"), "Ctrl+E")),
      trail(make(view, "design.trail", tr("Step through the arithmetic of a row"), "Ctrl+J")),
      challenge(make(view, "design.challenge", tr("Take the challenge"), "Ctrl+Shift+C")),
      reset(make(view, "design.reset", tr("Reset the knobs"), "")),
      redraw(make(view, "design.redraw", tr("Another draw of chance (the next seed)"), "")),
      report(make(view, "design.report", tr("Save a report as HTML or PDF…"), "Ctrl+Shift+S")),
      remove(make(view, "design.remove", tr("Delete this design of yours"), "")) {
  // In a dialog or a list above the view Esc closes that.
  back->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

void DesignActions::fit(const present::DesignSession& session, const present::DesignPins& pins,
                        bool own, bool scriptShown) {
  const bool open = session.isOpen(), ran = open && session.lastRun();
  const bool idle = ran && !session.running();
  run->setEnabled(idle && session.behind());
  repeat->setEnabled(idle && session.leftOut());
  pin->setEnabled(idle && !session.behind());
  compare->setEnabled(ran && !pins.pins().isEmpty());
  sweep->setEnabled(open && !session.plan().knobs.empty());
  edit->setEnabled(open);
  edit->setText(!own          ? tr("Edit a copy of the script")
                : scriptShown ? tr("Close the script")
                              : tr("Edit the script"));
  trail->setEnabled(ran && !plan::steppable(*session.lastPlan()).empty());
  challenge->setEnabled(open && !session.plan().challenge.empty());
  reset->setEnabled(open && (!session.knobs().empty() || session.seed()));
  redraw->setEnabled(idle);
  report->setEnabled(ran);
  remove->setEnabled(own);
}

QAction* DesignActions::make(QWidget* view, const char* name, const QString& text,
                             const char* keys) {
  auto* action = new QAction(text, this);
  action->setObjectName(name);
  if (*keys) action->setShortcut(QKeySequence(keys));
  view->addAction(action);
  return action;
}

}  // namespace rehearse::gui
