// SPDX-License-Identifier: GPL-3.0-or-later
//
// A widget for one knob of a design: a slider with its value, a row of segments, or a check box.
// Keyboard: arrows move a slider by a hundredth of its range, Page keys by a tenth, Home and End to
// its ends. A knob marked `apply` says so and fires on release only.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "app/present/design_knobs.hpp"
#include "engine/plan/plan.hpp"

namespace rehearse::gui {

class KnobWidget : public QWidget {
  Q_OBJECT

 public:
  // The widget that fits the knob's kind.
  static KnobWidget* make(const plan::Knob& knob, QWidget* parent);
  using QWidget::QWidget;

  // Shows another value without firing `moved`.
  virtual void setValue(const plan::Value& value) = 0;

 signals:
  void moved(const QString& name, const plan::Value& value, bool released);
};

using present::knobText;

}  // namespace rehearse::gui
