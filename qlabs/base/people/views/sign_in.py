from allauth.account.internal.userkit import user_id_to_str
from allauth.account.views import ConfirmLoginCodeView
from django.shortcuts import redirect

from .. import queries, throttle
from ..forms.sign_in import NOT_THE_CODE


class ConfirmCode(ConfirmLoginCodeView):
    """allauth's page for the code; a person is looked up only when the code is right."""

    def post(self, request, *args, **kwargs):
        if not throttle.may_try_code(request, self.stage.login.initiated_at):
            self._process.abort()
            return redirect("account_login")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        person = queries.person_for_sign_in(self._process.state["email"])
        if person is None:
            form.add_error("code", NOT_THE_CODE)
            return self.form_invalid(form)
        self.stage.login.user = person
        self._process.state["user_id"] = user_id_to_str(person)
        return super().form_valid(form)


confirm_code = ConfirmCode.as_view()
