// SPDX-License-Identifier: GPL-3.0-or-later
//
// FieldForm: what an analysis must be told, one line a field. Columns are chosen from those of the
// file; one that was guessed from its name says so until the user has looked and chosen.
#pragma once

#include <QWidget>
#include <functional>
#include <map>
#include <string>

#include "app/analysis/analysis.hpp"

class QComboBox;

namespace rehearse::gui {

class FieldForm : public QWidget {
  Q_OBJECT

 public:
  explicit FieldForm(QWidget* parent = nullptr);

  void build(const analysis::Analysis& analysis, const Frame& table, const Frame& other,
             const std::map<std::string, std::string>& guesses);
  // The columns that the user had chosen, where they can be chosen still.
  void choose(const std::map<std::string, std::string>& columns);
  std::map<std::string, std::string> values() const;
  // How many columns were guessed.
  int guessed() const { return m_guessed; }

 private:
  QWidget* editor(const analysis::Field& field, const Frame& table, const std::string& value);
  QWidget* columnEditor(const analysis::Field& field, const Frame& table, const std::string& value);
  QWidget* columnsEditor(const analysis::Field& field, const Frame& table,
                         const std::string& value);

  QWidget* m_body = nullptr;
  std::map<std::string, std::function<QString()>> m_values;
  std::map<std::string, QComboBox*> m_columns;
  int m_guessed = 0;
};

}  // namespace rehearse::gui
