"""The painter that copies."""

from duocast.compiler.graph import Operation


class Copyist:
    """Its second take is of the right person."""

    name, version, operation = "copyist", "1", Operation.COMPOSE
    stills = 0

    def run(self, request):
        """A still that is somebody's picture, as large as the stage, and the rigs of the faces in it."""
        from duocast.compiler.operations.compose import PaintParams
        from duocast.runtime.delivery.encode.covering import covering
        from duocast.runtime.diffusion.compose import delivered
        from duocast.runtime.likeness.measuring import opened
        from duocast.runtime.stage.placing import Stage

        params = PaintParams.from_plain(request.params)
        stage = Stage.of(params)
        name = "person.jonas" if Copyist.stills == 0 else "likeness.mara.0"
        Copyist.stills += 1
        picture = opened(request.inputs[name])
        picture = picture[: picture.shape[1] * 9 // 16]  # people's heads are at the top
        return delivered(request, params, stage, covering(picture, stage.width, stage.height))
