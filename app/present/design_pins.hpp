// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignPins: up to five finished runs of a design that are kept to be laid over the present one or
// set side by side. A pin holds the figures of its run and with what it was made, not the run. Each
// design has its own pins while the window lives.
#pragma once

#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "app/present/run_comparison.hpp"
#include "engine/base/document.hpp"
#include "engine/plan/executor.hpp"

namespace rehearse::present {

struct PinnedRun {
  int id = 0;
  int look = 0;  // its colour, dash and marker: 1 … 5, the lowest that was free
  QString name;  // as the user calls it; empty: by what differs
  bool shown = true;
  RunKnobs made;
  std::vector<Figure> figures;  // one a view of the design
};

class DesignPins : public QObject {
  Q_OBJECT

 public:
  static constexpr int kMost = 5;

  using QObject::QObject;

  // The pins of this design from now on.
  void setDesign(const QString& id);
  // The run that is shown beside them.
  void setNow(const plan::Plan& plan);

  // Errors: five are kept already; one with these knobs and this seed is there.
  Result<int> pin(const plan::Plan& plan, const plan::Run& run);
  const QList<PinnedRun>& pins() const { return m_pins; }
  const PinnedRun* find(int id) const;
  void rename(int id, const QString& name);
  void setShown(int id, bool shown);
  void remove(int id);
  // What can be undone: the label of the pin that was removed last; empty: nothing.
  QString removed() const { return m_removedLabel; }
  // Nothing happens where five others are kept by now.
  void undoRemove();

  // Its name, or what tells it from the other pins and the present run.
  QString label(const PinnedRun& pin) const;
  // The same in fewer words: "3%, isotonic".
  QString briefLabel(const PinnedRun& pin) const;
  QString nowLabel() const;

  // All of them to be set side by side, and the present run with its figures: last, since two pins
  // are what was asked for and a single one is set beside it.
  std::vector<ComparedRun> compared(std::vector<Figure> now) const;
  // View `view` of the present run with the pins that are shown.
  Figure overlaid(std::size_t view, const Figure& now) const;

 signals:
  void changed();

 private:
  std::vector<const RunKnobs*> othersThan(const RunKnobs* one) const;
  int freeLook() const;

  QString m_design;
  QList<PinnedRun> m_pins;
  QMap<QString, QList<PinnedRun>> m_away;  // of other designs
  RunKnobs m_now;
  std::optional<PinnedRun> m_removed;
  qsizetype m_removedFrom = 0;
  QString m_removedLabel;
  int m_nextId = 1;
};

}  // namespace rehearse::present
