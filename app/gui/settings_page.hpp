// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings: what present/preferences.hpp lists, each with its sentence and a control that takes
// effect at once, and the user's data (data_card.hpp). Made when it is first shown.
#pragma once

#include <QHash>
#include <functional>

#include "app/gui/page.hpp"
#include "app/present/preferences.hpp"

class QLabel;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class SettingsPage : public Page {
  Q_OBJECT

 public:
  explicit SettingsPage(present::AppContext& context, QWidget* parent = nullptr);

  void activated() override;

 protected:
  void setTheme(const Theme& theme) override;

 private:
  void make();
  QWidget* makeSection(const QString& title, const QList<present::Preference>& preferences);
  QWidget* makeControl(const present::Preference& preference, QWidget* parent);
  QWidget* makeChoice(const present::Preference& preference, QWidget* parent);
  QWidget* makeToggle(const present::Preference& preference, QWidget* parent);
  QWidget* makeNumber(const present::Preference& preference, QWidget* parent);
  QWidget* makeDate(const present::Preference& preference, QWidget* parent);
  void save(const QString& key, const QString& value);
  void reset();
  void showValue(const QString& key);

  present::AppContext& m_context;
  QWidget* m_first = nullptr;  // takes the focus
  QLabel* m_error = nullptr;
  // Puts a stored value into its control.
  QHash<QString, std::function<void(const QString&)>> m_show;
};

}  // namespace rehearse::gui
