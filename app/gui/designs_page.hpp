// SPDX-License-Identifier: GPL-3.0-or-later
//
// Designs: a gallery, one open design (design_view.hpp), two of its runs side by side, a sweep of
// its knobs. An incident is played instead (triage_view.hpp).
#pragma once

#include "app/gui/page.hpp"

class QStackedLayout;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class CompareView;
class DesignGallery;
class DesignView;
class SweepView;
class TriageView;

class DesignsPage : public Page {
  Q_OBJECT

 public:
  explicit DesignsPage(present::AppContext& context, QWidget* parent = nullptr);

  void openDesign(const QString& id);
  void activated() override;
  bool mayClose() override;
  // The open design, and the names of the sources that a file may stand in for; empty before one is
  // opened.
  QString designTitle() const;
  QStringList sources() const;
  void useFile(const QString& source, const QString& path);
  // Runs what repeats an experiment where the open design has not yet: a picture of it is to show
  // everything. False: there is nothing left.
  bool runWhatIsLeft();
  void stepThrough();

 signals:
  // The user wants to choose a file for this source.
  void fileWanted(const QString& source);

 protected:
  bool beforeSheet() override;
  void setTheme(const Theme& theme) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void showGallery();
  void deleteDesign(const QString& id);

  present::AppContext& m_context;
  const Theme* m_theme = nullptr;
  QString m_played;  // the incident that was opened last, if one was
  QStackedLayout* m_stack;
  DesignGallery* m_gallery;
  DesignView* m_view;
  TriageView* m_triage;
  CompareView* m_compare = nullptr;  // made when first asked for
  SweepView* m_sweep = nullptr;      // likewise
};

}  // namespace rehearse::gui
