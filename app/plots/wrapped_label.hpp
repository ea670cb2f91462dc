// SPDX-License-Identifier: GPL-3.0-or-later
//
// WrappedLabel: a QLabel of several lines that remembers how tall it is at each width. QLabel lays
// its text out again whenever a layout asks, and layouts ask a dozen times for each change; for a
// page of prose that is a quarter of a second.
#pragma once

#include <QHash>
#include <QLabel>

namespace rehearse::plots {

class WrappedLabel : public QLabel {
 public:
  explicit WrappedLabel(QWidget* parent = nullptr);
  explicit WrappedLabel(const QString& text, QWidget* parent = nullptr);

  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 private:
  // Forgets everything where text, font or margins are no longer those that were measured.
  void refresh() const;

  mutable QString m_text;
  mutable QFont m_font;
  mutable QMargins m_margins;
  mutable QHash<int, int> m_heights;
  mutable QSize m_hint, m_least;
};

}  // namespace rehearse::plots
