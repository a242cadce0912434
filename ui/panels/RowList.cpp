// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/RowList.h"

#include "ui/Theme.h"
#include "ui/charts/DeviceMarker.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

namespace meteorograph::ui {

namespace {
constexpr int kRowHeight = 27;
constexpr int kTwoLineHeight = 42;
constexpr int kLeft = 22;
constexpr int kRight = 14;
constexpr int kBox = 14;

QRect boxOf(const QRect &row) { return {row.left() + kLeft, row.center().y() - kBox / 2 + 1, kBox, kBox}; }

void paintBox(QPainter &painter, const QRect &box, bool checked, const ChartTheme &theme) {
  painter.setPen(QPen(checked ? theme.selection : theme.faint, 1));
  painter.setBrush(checked ? QBrush(theme.selection) : Qt::NoBrush);
  painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  if (!checked)
    return;
  painter.setPen(QPen(Qt::white, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const QPointF corner = box.topLeft();
  painter.drawPolyline(
      QPolygonF{{corner + QPointF(3.6, 7.2)}, {corner + QPointF(6, 9.6)}, {corner + QPointF(10.4, 4.6)}});
}

void paintText(QPainter &painter, const QRect &area, int flags, const QString &text,
               Qt::TextElideMode elide) {
  painter.drawText(area, flags, painter.fontMetrics().elidedText(text, elide, area.width()));
}

void paintShade(QPainter &painter, const QStyleOptionViewItem &option, const ChartTheme &theme) {
  const bool selected = option.state & QStyle::State_Selected;
  if (!selected && !(option.state & QStyle::State_MouseOver))
    return;
  QColor shade = selected ? theme.accent : theme.text;
  shade.setAlphaF(selected ? 0.16F : 0.05F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(shade);
  painter.drawRoundedRect(QRectF(option.rect).adjusted(8, 1, -6, -1), 5, 5);
}

/// Check box and swatch, or a dot; returns where the text begins.
int paintMark(QPainter &painter, const QRect &area, const ListRow &row, const ChartTheme &theme) {
  if (row.checked)
    paintBox(painter, boxOf(area), *row.checked, theme);
  painter.setPen(Qt::NoPen);
  painter.setBrush(row.colour);
  if (!row.checked) {
    painter.drawEllipse(QRectF(area.left() + 15, area.top() + 8, 9, 9));
    return area.left() + 33;
  }
  const int swatch = area.left() + kLeft + kBox + 9;
  const QRectF dash(swatch, area.center().y() - 0.5, 11, 3);
  if (row.marker)
    paintDeviceMarker(painter, row.id, dash.center(), 9, row.colour, theme.panel);
  else
    painter.drawRoundedRect(dash, 1.5, 1.5);
  return swatch + 11 + 8;
}
} // namespace

void RowModel::setRows(std::vector<ListRow> rows) {
  if (rows.size() != m_rows.size()) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    return;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == m_rows[i])
      continue;
    m_rows[i] = std::move(rows[i]);
    const QModelIndex changed = index(static_cast<int>(i));
    Q_EMIT dataChanged(changed, changed);
  }
}

int RowModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RowModel::data(const QModelIndex &index, int role) const {
  const ListRow &row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
  case Qt::DisplayRole:
  case Qt::EditRole:
    return row.name;
  case Qt::ToolTipRole:
    return row.tip;
  case Qt::AccessibleTextRole:
    return QString(row.name + QStringLiteral(", ") + row.detail);
  case Qt::CheckStateRole:
    return row.checked ? QVariant(*row.checked ? Qt::Checked : Qt::Unchecked) : QVariant();
  case IdRole:
    return row.id;
  default:
    return {};
  }
}

bool RowModel::setData(const QModelIndex &index, const QVariant &value, int role) {
  if (role == Qt::EditRole)
    Q_EMIT renamed(row(index.row()).id, value.toString());
  if (role != Qt::CheckStateRole)
    return false;
  ListRow &row = m_rows[static_cast<std::size_t>(index.row())];
  row.checked = value.toInt() == Qt::Checked;
  Q_EMIT dataChanged(index, index);
  Q_EMIT toggled(row.id, *row.checked);
  return true;
}

Qt::ItemFlags RowModel::flags(const QModelIndex &index) const {
  const ListRow &shown = row(index.row());
  return QAbstractListModel::flags(index) | (shown.checked ? Qt::ItemIsUserCheckable : Qt::NoItemFlags) |
         (shown.editable ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const {
  const ListRow &row = static_cast<const RowModel *>(index.model())->row(index.row());
  const ChartTheme &theme = themeOf(option.palette);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  paintShade(*painter, option, theme);
  const int left = paintMark(*painter, option.rect, row, theme);
  const QRect texts(left, option.rect.top(), option.rect.right() - kRight - left, option.rect.height());
  const QFont nameFont = fontOf(*option.widget, 13);
  const QFont detailFont = fontOf(*option.widget, 11);
  const int detailWidth = row.twoLines ? 0 : QFontMetrics(detailFont).horizontalAdvance(row.detail) + 1;
  const QRect name = row.twoLines ? QRect(texts.left(), texts.top() + 3, texts.width(), 19)
                                  : texts.adjusted(0, 0, -detailWidth - 8, 0);
  const QRect detail = row.twoLines ? QRect(texts.left(), texts.top() + 21, texts.width(), 16)
                                    : texts.adjusted(texts.width() - detailWidth, 0, 0, 0);
  painter->setFont(nameFont);
  painter->setPen(theme.text);
  paintText(*painter, name, Qt::AlignVCenter, row.name, Qt::ElideMiddle);
  painter->setFont(detailFont);
  painter->setPen(row.warning ? theme.bad : theme.dim);
  paintText(*painter, detail, Qt::AlignVCenter, row.detail, Qt::ElideRight);
  painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const {
  const ListRow &row = static_cast<const RowModel *>(index.model())->row(index.row());
  return {200, row.twoLines ? kTwoLineHeight : kRowHeight};
}

bool RowDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                              const QModelIndex &index) {
  if (!(index.flags() & Qt::ItemIsUserCheckable))
    return false;
  const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
  const bool byKey =
      event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
  bool byMouse = false;
  if (event->type() == QEvent::MouseButtonRelease) {
    const auto *mouse = static_cast<QMouseEvent *>(event);
    byMouse = mouse->button() == Qt::LeftButton &&
              boxOf(option.rect).adjusted(-6, -6, 22, 6).contains(mouse->position().toPoint());
  }
  if (!byKey && !byMouse)
    return false;
  return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

/// A refresh does not take away what is being typed.
void RowDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const {
  const auto *line = qobject_cast<QLineEdit *>(editor);
  if (!line || !line->isModified())
    QStyledItemDelegate::setEditorData(editor, index);
}

void RowDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                       const QModelIndex &) const {
  editor->setProperty("role", "cell");
  editor->setAccessibleName(tr("New name"));
  editor->setGeometry(option.rect.adjusted(kLeft + kBox + 4, 1, -kRight, -1));
}

RowList::RowList(QWidget *parent) : QListView(parent) {
  setModel(&m_model);
  setItemDelegate(new RowDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setMouseTracking(true);
  setEditTriggers(EditKeyPressed);
  connect(&m_model, &RowModel::toggled, this, &RowList::toggled);
  connect(&m_model, &RowModel::renamed, this, &RowList::renamed);
}

void RowList::setRows(std::vector<ListRow> rows) {
  const int before = m_model.rowCount();
  m_model.setRows(std::move(rows));
  if (m_model.rowCount() != before)
    updateGeometry();
}

const ListRow *RowList::currentRow() const {
  return currentIndex().isValid() ? &m_model.row(currentIndex().row()) : nullptr;
}

const ListRow *RowList::rowAt(const QPoint &position) const {
  const QModelIndex index = indexAt(position);
  return index.isValid() ? &m_model.row(index.row()) : nullptr;
}

void RowList::rename(qint64 id) {
  for (int i = 0; i < m_model.rowCount(); ++i)
    if (m_model.row(i).id == id) {
      setCurrentIndex(m_model.index(i));
      edit(m_model.index(i));
    }
}

QSize RowList::sizeHint() const {
  int height = 0;
  for (int i = 0; i < m_model.rowCount(); ++i)
    height += m_model.row(i).twoLines ? kTwoLineHeight : kRowHeight;
  return {200, height};
}

/// The row beside whose check box the left button is.
QModelIndex RowList::chosenBy(const QMouseEvent &event) const {
  const QModelIndex index = indexAt(event.position().toPoint());
  const bool onBox =
      index.isValid() && boxOf(visualRect(index)).adjusted(-6, -6, 22, 6).contains(event.pos());
  return onBox || event.button() != Qt::LeftButton ? QModelIndex() : index;
}

void RowList::mousePressEvent(QMouseEvent *event) {
  QListView::mousePressEvent(event);
  if (const QModelIndex index = chosenBy(*event); index.isValid())
    choose(index.row());
}

/// On a check box it is a second click.
void RowList::mouseDoubleClickEvent(QMouseEvent *event) {
  const QModelIndex index = chosenBy(*event);
  if (!index.isValid())
    return QListView::mousePressEvent(event);
  QListView::mouseDoubleClickEvent(event);
  Q_EMIT isolated(m_model.row(index.row()).id);
}

void RowList::keyPressEvent(QKeyEvent *event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && currentIndex().isValid())
    choose(currentIndex().row());
  else
    QListView::keyPressEvent(event);
}

void RowList::choose(int row) {
  const qint64 id = m_model.row(row).id;
  m_chosen = m_chosen == id ? 0 : id;
  if (m_chosen == 0)
    clearSelection();
  Q_EMIT chosen(m_chosen);
}

} // namespace meteorograph::ui
